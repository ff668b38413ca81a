"""Words that open a bullet or a sentence in job postings.

Source: our own choice among the words that begin lines at least twice as often as they stand capitalised inside
one, counted over a large public sample of postings, completed with verbs of project work.
"""

OPENERS = frozenset(
    """
Ability Able Accountable Act Acts Actively Address Adhere Advanced Advise Advises Align Analyse Analyze Analyzes Approve Assess Assign Assist Assists Assure Attend
Attention Bachelor Bachelors Background Be Being Build Builds Capable Certification Champion Coach Collaborate Collaborates Collaborating Collect Comfortable Communicate Communicates
Compile Complete Comprehensive Conduct Conducts Contribute Contributes Control Controls Coordinate Coordinates Coordinating Create Creates Creating Define Defines Degree Deliver Delivers
Demonstrable Demonstrate Demonstrated Demonstrates Deploy Design Designs Detailed Determine Develop Develops Developing Direct Directs Document Documents Drive Drives Driving Effective Effectively
Engage Ensure Ensures Ensuring Escalate Escalates Establish Establishes Estimate Evaluate Evaluates Evaluating Excellent Exceptional Execute Executes Experience Experienced Expert Expertise Exposure Extensive
Facilitate Facilitates Familiar Familiarity Follow Formulate Foster Fluent Gather Generate Good Guide Handle Handles Hands Having High Highly Hold Identify Identifies Implement Implements Improve
Influence Initiate Interact Interface Interpret Key Knowledge Knowledgeable Lead Leads Leading Learn Leverage Liaise Liaises Maintain Maintains Maintaining Manage Manages Managing Master Masters Meet Mentor Mentors
Minimum Mitigate Monitor Monitors Monitoring Motivate Must Negotiate Obtain Obtains Organise Organize Organizes Oversee Oversees Overseeing Own Owns Participate Participates Partner Partners Passion Perform Performs
Plan Plans Possess Practical Preferably Preferred Prepare Prepares Preparing Present Presents Prior Prioritise Prioritize Proactive Proactively Produce Proficiency Proficient Promote Proven Provide Provides Providing
Recommend Recommends Report Reports Represent Require Requires Resolve Resolves Respond Responsible Review Reviews Secure Schedule Schedules Self Serve Serves Set Solid Solve Strong Submit Successful Supervise Supervises Support Supports Supporting
Tailor Take Track Tracks Train Translate Translates Troubleshoot Understand Understanding Understands Undertake Update Updates Use Utilize Utilizes Validate Verify Willing Willingness Work Works Working Write You
Requirements Responsibilities Qualifications Skills Duties Education Benefits Preferred Required Overview Summary Description Essential Desirable Your What We Our The This
""".split()
)

JOINERS = frozenset(
    """a an the and or of to for in on at by with from as & our your their its this that these those is are be will any all new other both
each no not key senior lead chief project program programme product account service services risk quality data test change team technical business technology
strategic total customer agile microsoft ms google power human resource vendor certified continuous master masters bachelor bachelors degree general
operations sr jr vice head director""".split()
)
"""Lower-cased words after which a capitalised opener goes on with the sentence (names, titles, lists)."""
