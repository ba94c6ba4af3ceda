package dev.outrider.gateway.robot;

import java.util.List;

/** Where robots are kept, shared by all replicas. Blocks. */
public interface RobotStore {

    /** A number that grows with every {@link #save}, whichever replica did it. */
    long revision();

    List<Robot> all();

    /** Adds the robot or replaces the one of its name. */
    void save(Robot robot);
}
