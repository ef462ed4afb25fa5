from ui.files import page

page.page()
