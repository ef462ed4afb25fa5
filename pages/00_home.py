from ui import home

home.page()
