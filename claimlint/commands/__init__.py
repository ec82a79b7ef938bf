"""What commands other than ``check`` do, one module each: the rules and evidence shown, fixes applied, settings started.

``cli`` turns a command line into a call of these, and prints what they return; nothing here knows of options or of click.
"""
