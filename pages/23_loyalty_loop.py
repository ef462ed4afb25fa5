from ui.kit.page import draw_page

draw_page("loyalty_loop")
