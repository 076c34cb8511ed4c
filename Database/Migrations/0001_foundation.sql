-- The application role owns nothing and cannot log in: services connect as the deployer's login and SET ROLE to it.
DO $$
BEGIN
    CREATE ROLE aiapp_app NOLOGIN;
EXCEPTION
    -- Roles belong to the whole server: another database, or a migrator racing this one, may have made it.
    WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

GRANT aiapp_app TO CURRENT_USER;

CREATE EXTENSION IF NOT EXISTS vector;

ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aiapp_app;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO aiapp_app;
GRANT USAGE ON SCHEMA public TO aiapp_app;

CREATE TABLE tenant (
    tenant_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_name_is_unique UNIQUE (name),
    CONSTRAINT tenant_name_is_short CHECK (length(name) BETWEEN 1 AND 100)
);

INSERT INTO tenant (name) VALUES ('default');

CREATE TABLE api_key (
    tenant_id    integer NOT NULL REFERENCES tenant,
    api_key_id   text NOT NULL,
    name         text NOT NULL,
    key_hmac     bytea NOT NULL,
    scopes       text[] NOT NULL DEFAULT '{}',
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (tenant_id, api_key_id),
    CONSTRAINT api_key_id_is_unique UNIQUE (api_key_id),
    CONSTRAINT api_key_hmac_is_sha256 CHECK (octet_length(key_hmac) = 32)
);
