"""A case desk: an example of an application that lets policyengine say what is to be done, by whom and by when."""

from case_desk.web import application

__all__ = ["application"]
