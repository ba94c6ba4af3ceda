package dev.outrider.kernel;

import dev.outrider.model.CommandId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The commands that wait for the conductor, bounded. Safe on any thread. */
final class Waiting {

    private final Deque<Job> jobs = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;

    Waiting(int capacity) {
        this.capacity = capacity;
    }

    /** Puts a job behind the others; false if there is no room. */
    synchronized boolean last(Job job) {
        if (jobs.size() >= capacity) {
            return false;
        }
        jobs.addLast(job);
        notifyAll();
        return true;
    }

    /** Puts a job before the others; there is always room. */
    synchronized boolean first(Job job) {
        jobs.addFirst(job);
        notifyAll();
        return true;
    }

    /** The next job, waiting for one; empty once closed. */
    synchronized Optional<Job> take() {
        while (jobs.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return closed ? Optional.empty() : Optional.of(jobs.removeFirst());
    }

    synchronized Optional<Job> remove(CommandId id) {
        Optional<Job> job = jobs.stream().filter(j -> j.command().id().equals(id)).findFirst();
        job.ifPresent(jobs::remove);
        return job;
    }

    synchronized List<Job> clear() {
        List<Job> all = List.copyOf(jobs);
        jobs.clear();
        return all;
    }

    synchronized int size() {
        return jobs.size();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
