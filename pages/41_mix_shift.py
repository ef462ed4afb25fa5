from ui.calculators.mix_shift_segments import edit_segments
from ui.kit.page import draw_page

draw_page("mix_shift", edit_segments)
