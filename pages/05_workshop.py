from ui import workshop

workshop.page()
