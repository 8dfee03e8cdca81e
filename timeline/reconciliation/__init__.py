"""Turns what one document says into what the timeline believes: mentions and what is known in, a plan out.

Pure: no Django, no database, no clock; it changes nothing that it is given. The door is `plan.plan`.
"""
