"""Long work in a process of its own: what drafts read as, and jobs such as making a document.

Whatever may crash, hang or grow without end is done in children of this process, one for drafts
and one for jobs, which are killed when they take too long and started anew.
"""
