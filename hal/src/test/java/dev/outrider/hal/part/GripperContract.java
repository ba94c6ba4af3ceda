package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every gripper keeps to. */
public abstract class GripperContract extends PartContract {

    @Override
    protected abstract Gripper part();

    @Test
    void closesAndOpens() {
        Gripper gripper = part();

        gripper.grip();
        boolean afterGrip = gripper.closed();
        gripper.release();

        assertThat(afterGrip).isTrue();
        assertThat(gripper.closed()).isFalse();
    }

    @Test
    void keepsHoldWhenPutToRest() {
        Gripper gripper = part();
        gripper.grip();

        gripper.rest();

        assertThat(gripper.closed()).isTrue();
    }
}
