from ui.calculators import mix_shift

mix_shift.page()
