-- Read by SQLite and PostgreSQL alike. Times are milliseconds since 1970, lists are JSON.

CREATE TABLE robot (
    name VARCHAR(63) NOT NULL PRIMARY KEY,
    models TEXT NOT NULL,
    requests_per_minute BIGINT NOT NULL,
    concurrent BIGINT NOT NULL,
    daily_requests BIGINT NOT NULL,
    daily_tokens BIGINT NOT NULL,
    daily_micro_usd BIGINT NOT NULL,
    tokens TEXT NOT NULL,
    certificates TEXT NOT NULL,
    revoked INTEGER NOT NULL
);

-- One row, counted up with every change of a robot: replicas look at it twice a second.
CREATE TABLE roster_revision (
    id INTEGER NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);

INSERT INTO roster_revision (id, revision) VALUES (1, 0);

CREATE TABLE usage_log (
    id VARCHAR(32) NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    robot VARCHAR(63) NOT NULL,
    model TEXT NOT NULL,
    endpoint VARCHAR(32) NOT NULL,
    streaming INTEGER NOT NULL,
    status INTEGER NOT NULL,
    outcome VARCHAR(64) NOT NULL,
    upstream TEXT,
    prompt_tokens BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL,
    estimated INTEGER NOT NULL,
    micro_usd BIGINT NOT NULL,
    latency_ms BIGINT NOT NULL,
    first_token_ms BIGINT,
    calls INTEGER NOT NULL,
    prompt TEXT
);

CREATE INDEX usage_log_at ON usage_log (at);
CREATE INDEX usage_log_robot_at ON usage_log (robot, at);
