package dev.outrider.gateway.robot;

import dev.outrider.gateway.robot.Roster.RobotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Robots in memory. */
public final class FakeRobotStore implements RobotStore {

    private final Map<String, Robot> robots = new TreeMap<>();
    private long revision;

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public synchronized List<Robot> all() {
        return new ArrayList<>(robots.values());
    }

    @Override
    public synchronized void save(Robot robot) {
        revision++;
        robots.put(robot.name(), robot);
    }
}
