// SPDX-License-Identifier: GPL-2.0
/* Test rig: a PWM chip that remembers its state and an SPI controller that echoes. Linux 6.1 to 6.12. */
#include <linux/module.h>
#include <linux/version.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>
#include <linux/spi/spi.h>
/* pwmchip_alloc() is 6.9; spi_alloc_host() is younger than 6.1 and older than 6.12 */
#define OLD_PWM (LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0))
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
#define spi_alloc_host spi_alloc_master
#endif
static int npwm = 4; module_param(npwm, int, 0444);
static struct platform_device *pdev;
static struct pwm_chip *chip; static struct spi_controller *ctlr;
static int rig_pwm_apply(struct pwm_chip *c, struct pwm_device *p, const struct pwm_state *s)
{ return 0; }
static const struct pwm_ops rig_pwm_ops = { .apply = rig_pwm_apply,
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
	.owner = THIS_MODULE,
#endif
};
#if OLD_PWM
static struct pwm_chip old_chip;
static void rig_pwm_put(void) { }
static int rig_pwm_add(struct device *d)
{
	old_chip.dev = d; old_chip.ops = &rig_pwm_ops; old_chip.npwm = npwm; chip = &old_chip;
	return pwmchip_add(chip);
}
#else
static void rig_pwm_put(void) { pwmchip_put(chip); }
static int rig_pwm_add(struct device *d)
{
	int r;
	chip = pwmchip_alloc(d, npwm, 0);
	if (IS_ERR(chip)) return PTR_ERR(chip);
	chip->ops = &rig_pwm_ops;
	r = pwmchip_add(chip);
	if (r) pwmchip_put(chip);
	return r;
}
#endif
static int rig_spi_one(struct spi_controller *c, struct spi_device *s, struct spi_transfer *t)
{
	if (t->rx_buf) { if (t->tx_buf) memcpy(t->rx_buf, t->tx_buf, t->len); else memset(t->rx_buf, 0, t->len); }
	return 0;
}
static int __init rig_init(void)
{
	struct spi_board_info bi = { .modalias = "dh2228fv", .max_speed_hz = 10000000, .chip_select = 0 };
	int r;
	pdev = platform_device_register_simple("outrider-rig", -1, NULL, 0);
	if (IS_ERR(pdev)) return PTR_ERR(pdev);
	r = rig_pwm_add(&pdev->dev); if (r) goto e1;
	ctlr = spi_alloc_host(&pdev->dev, 0); if (!ctlr) { r = -ENOMEM; goto e2; }
	ctlr->bus_num = 0; ctlr->num_chipselect = 2; ctlr->mode_bits = SPI_MODE_X_MASK | SPI_CS_HIGH | SPI_LOOP | SPI_LSB_FIRST;
	ctlr->bits_per_word_mask = SPI_BPW_RANGE_MASK(4, 32); ctlr->transfer_one = rig_spi_one;
	r = spi_register_controller(ctlr); if (r) { spi_controller_put(ctlr); goto e2; }
	spi_new_device(ctlr, &bi); bi.chip_select = 1; spi_new_device(ctlr, &bi);
	return 0;
e2:	pwmchip_remove(chip); rig_pwm_put();
e1:	platform_device_unregister(pdev); return r;
}
static void __exit rig_exit(void)
{ spi_unregister_controller(ctlr); pwmchip_remove(chip); rig_pwm_put(); platform_device_unregister(pdev); }
module_init(rig_init); module_exit(rig_exit);
MODULE_DESCRIPTION("Outrider test rig: PWM and SPI loopback"); MODULE_LICENSE("GPL");
