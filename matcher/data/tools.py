"""Tools and products that project and IT postings name, under their canonical names.

Source: the makers' own spelling, and our own choice from reading postings of the trade.

Each line is ``Canonical name: form; form; …``. A form in plain words is found in any case; ``=Form`` must stand with
these capitals; ``~Form`` too, and it is also a plain English word, so that it does not count as the first word of a
sentence that goes on in small letters ("Excel at your work").
"""

from functools import cache
from typing import NamedTuple

TOOLS = """
Jira: jira; jira software
Confluence: =Confluence; atlassian confluence
Trello: trello
Asana: asana
Monday.com: monday.com
Smartsheet: smartsheet; smartsheets; smart sheet; smartsheet.com
Basecamp: basecamp
Wrike: wrike
ClickUp: clickup
Notion: ~Notion
Miro: =Miro
Airtable: airtable
Rally: ~Rally; rally software; ca agile central
VersionOne: versionone; version one
Azure DevOps: azure devops; azure dev ops; =VSTS; =TFS; team foundation server
Microsoft Project: ms project; ms-project; microsoft project; msproject; ms office project; project server
Microsoft Planner: microsoft planner; ms planner
Project Online: project online
Primavera P6: primavera p6; primavera; oracle primavera; oracle primavera p6; oracle p6; =P6
Primavera Unifier: primavera unifier; oracle unifier
Planview: planview
Clarity PPM: ca clarity; clarity ppm; broadcom clarity; ca ppm
Workfront: workfront; adobe workfront
Deltek: deltek; deltek cobra; deltek costpoint
ServiceNow: servicenow; service now; service-now
BMC Remedy: bmc remedy; ~Remedy; bmc helix
Cherwell: cherwell
Zendesk: zendesk
Freshservice: freshservice; freshdesk
ManageEngine: manageengine
Microsoft Office: ms office; ms-office; microsoft office; ms office suite; microsoft office suite
Microsoft 365: microsoft 365; office 365; office365; o365; m365; ms 365
Excel: microsoft excel; ms excel; ms-excel; ~Excel
Word: microsoft word; ms word; ms-word
PowerPoint: powerpoint; power point; ms powerpoint; microsoft powerpoint
Outlook: microsoft outlook; ms outlook
Access: microsoft access; ms access
Visio: visio; ms visio; microsoft visio
SharePoint: sharepoint; share point; ms sharepoint; microsoft sharepoint
Microsoft Teams: microsoft teams; ms teams; msteams
OneDrive: onedrive
OneNote: onenote
Power BI: power bi; powerbi; power-bi; microsoft power bi
Power Automate: power automate; microsoft flow
Power Apps: power apps; powerapps
Power Platform: power platform
Lucidchart: lucidchart; lucid chart
Slack: ~Slack
Zoom: ~Zoom
Webex: webex
Google Workspace: google workspace; g suite; gsuite; google suite; google docs; google sheets; google drive
Google Analytics: google analytics
Google Ads: google ads; google adwords; adwords
Tableau: tableau
Looker: =Looker; looker studio
Qlik: qlik; qlikview; qlik sense; qliksense
Alteryx: alteryx
Crystal Reports: crystal reports
Cognos: cognos; ibm cognos
MicroStrategy: microstrategy
SSRS: ssrs; sql server reporting services
SSIS: ssis
SAS: =SAS
SPSS: spss
MATLAB: matlab
SAP: =SAP; =SAP ERP
SAP S/4HANA: s/4hana; s/4 hana; s4hana; s4 hana; sap s/4hana; sap s4 hana; sap hana
Ariba: ariba; sap ariba
SuccessFactors: successfactors; sap successfactors
Concur: =Concur; sap concur
Oracle: oracle
Oracle Fusion: oracle fusion; oracle cloud erp; oracle erp cloud
Oracle E-Business Suite: oracle e-business suite; oracle ebs; e-business suite
PeopleSoft: peoplesoft; people soft
JD Edwards: jd edwards; jde
NetSuite: netsuite; oracle netsuite
Workday: ~Workday
ADP Workforce Now: adp workforce now
UKG Kronos: =Kronos; ukg
Infor: =Infor
Maximo: maximo; ibm maximo
Microsoft Dynamics: dynamics 365; microsoft dynamics; ms dynamics; d365; dynamics crm; dynamics ax; microsoft dynamics 365; dynamics gp; dynamics nav
Sage: sage intacct; sage 300; sage 100; sage x3
QuickBooks: quickbooks; quick books
Coupa: coupa
Salesforce: salesforce; salesforce.com; sales force crm; =SFDC
Salesforce Marketing Cloud: salesforce marketing cloud; =Marketing Cloud
HubSpot: hubspot
Marketo: marketo
Zoho: zoho
Pega: =Pega; pegasystems
Appian: appian
MuleSoft: mulesoft
Guidewire: guidewire
Epic EHR: epic ehr; epic emr; epic systems; epiccare; epic certification; epic certified; epic implementation; epic modules
Cerner: cerner; oracle cerner; oracle health
MEDITECH: meditech
Allscripts: allscripts
Blackboard: blackboard learn
Canvas LMS: canvas lms
Ellucian Banner: ellucian; ellucian banner
AWS: aws; amazon web services
Azure: azure; microsoft azure; ms azure
Google Cloud: google cloud; google cloud platform; gcp
Oracle Cloud: oracle cloud; oracle cloud infrastructure; =OCI
OpenStack: openstack
VMware: vmware; vm ware; vsphere; vmware vsphere; esxi; vcenter
Hyper-V: hyper-v; hyperv
Nutanix: nutanix
Citrix: citrix
Docker: =Docker; =docker
Kubernetes: kubernetes; k8s
OpenShift: openshift
Terraform: terraform
Ansible: ansible
Puppet: ~Puppet
Jenkins: jenkins
Git: =Git; =GIT; =git
GitHub: github
GitLab: gitlab
Bitbucket: bitbucket
Active Directory: active directory; azure active directory; azure ad; entra id
Exchange: microsoft exchange; ms exchange; exchange server; exchange online
Intune: intune; microsoft intune
SCCM: sccm; =MECM; system center configuration manager
Jamf: jamf
Okta: okta
SailPoint: sailpoint
CyberArk: cyberark
Splunk: splunk
Datadog: datadog
Dynatrace: dynatrace
New Relic: new relic
Nagios: nagios
SolarWinds: solarwinds; solar winds
CrowdStrike: crowdstrike
Linux: linux; =RHEL; red hat enterprise linux
Unix: unix
Windows Server: windows server; windows server 2016; windows server 2019
Windows: microsoft windows; ms windows; windows 7; windows 10; windows 11
macOS: macos; mac os; os x
SQL: sql
SQL Server: sql server; ms sql; mssql; microsoft sql server; ms sql server
MySQL: mysql
PostgreSQL: postgresql; postgres
MongoDB: mongodb
Snowflake: =Snowflake
Databricks: databricks
Apache Spark: apache spark; pyspark; spark sql
Kafka: =Kafka; apache kafka
Informatica: informatica
Python: =Python; =python
Java: =Java; =JAVA
JavaScript: javascript; java script
.NET: .net; asp.net; .net core; .net framework
Selenium: =Selenium
Postman: =Postman
Cisco: cisco
Cisco Meraki: cisco meraki; meraki
Cisco ISE: cisco ise
Cisco ACI: cisco aci
Cisco Call Manager: cisco call manager; cisco callmanager; cisco unified communications manager; =CUCM
Juniper: =Juniper; juniper networks
Arista: =Arista
Aruba: =Aruba; aruba networks; hpe aruba
Palo Alto Networks: palo alto networks; palo alto firewall; palo alto firewalls; palo altos
Fortinet: fortinet; fortigate
Check Point: =Check Point; =Checkpoint
F5: =F5; f5 big-ip; big-ip
Infoblox: infoblox
Zscaler: zscaler
Wireshark: wireshark
Avaya: avaya
Genesys: genesys
Five9: five9
RingCentral: ringcentral
Twilio: twilio
Mitel: mitel
Ciena: ciena
Calix: =Calix
IQGeo: iqgeo
Vetro: vetro fibermap; =VETRO
ArcGIS: arcgis; arc gis; esri
QGIS: qgis
Google Earth: google earth
AutoCAD: autocad; auto cad; auto-cad
Revit: revit
Navisworks: navisworks
Civil 3D: civil 3d; civil3d
MicroStation: microstation
SolidWorks: solidworks; solid works
Bluebeam: bluebeam; bluebeam revu
BIM 360: bim 360; bim360; autodesk construction cloud
Procore: procore
Aconex: aconex
PlanGrid: plangrid
e-Builder: e-builder; ebuilder
Kahua: kahua
Adobe Creative Cloud: adobe creative cloud; adobe creative suite; creative cloud
Photoshop: photoshop
InDesign: indesign
Acrobat: adobe acrobat
Adobe Experience Manager: adobe experience manager
Adobe Analytics: adobe analytics
Figma: figma
WordPress: wordpress
Drupal: drupal
Shopify: shopify
DocuSign: docusign
IBM DOORS: ibm doors; rational doors; doors next
HP ALM: hp alm; hp quality center; micro focus alm; =HPQC
TestRail: testrail
"""

NOT_TOOLS = "primavera sound; oracle of; exchange server room; the workday".split("; ")
"""Phrases that hold a form and mean something else."""


class Form(NamedTuple):
    """A way of writing a tool's name (no name: a phrase that is no tool).

    ``cased`` when its capitals count, ``english`` when it is also a plain word.
    """

    name: str
    word: str
    cased: bool = False
    english: bool = False


@cache
def forms() -> tuple[Form, ...]:
    """Every form of ``TOOLS`` and ``NOT_TOOLS``."""
    lines = [line.partition(": ") for line in TOOLS.strip().splitlines()]
    listed = [(name, form) for name, _, forms in lines for form in forms.split("; ")]
    return tuple(
        Form(name, form.lstrip("=~"), form[0] in "=~", form[0] == "~")
        for name, form in [*listed, *(("", phrase) for phrase in NOT_TOOLS)]
    )
