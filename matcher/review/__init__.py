"""The local page to label and correct postings; needs the ``review`` extra (Starlette, Jinja2, uvicorn)."""
