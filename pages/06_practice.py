from ui.practice import page

page.page()
