"""The doors on the web: portal for everyone, desk for staff, API and feeds for machines.

They translate in, call one operation, translate out.
"""
