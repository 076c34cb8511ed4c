using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Storage;

public static class StorageExtensions
{
    public const string DatabaseConnection = "aiapp";
    public const string RedisConnectionName = "redis";

    /// <summary>Postgres as the one data source of the process, in the role that the process has.</summary>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder, StorageRole role = StorageRole.Application)
    {
        var options = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        builder.Services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var connection = builder.Configuration.GetConnectionString(DatabaseConnection)
            ?? throw new InvalidOperationException(
                "No database: set ConnectionStrings__aiapp to a Postgres server with pgvector, or start with ./up or the AppHost.");
        // Npgsql tells every statement at Information.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        builder.Services.AddSingleton(_ => new OwnerDatabase(connection));
        builder.Services.AddSingleton(services => CreateDataSource(connection, role, options, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddPooledDbContextFactory<AiAppDbContext>((services, context) =>
            context.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.UseVector()));
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", timeout: DatabaseHealthCheck.Timeout);
        return builder;
    }

    /// <summary>Redis when <c>ConnectionStrings:redis</c> names one; everything works without.</summary>
    public static IHostApplicationBuilder AddRedis(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration.GetConnectionString(RedisConnectionName);
        builder.Services.AddSingleton(_ => new RedisConnection(configuration));
        builder.Services.AddSingleton<RedisCacheStore>();
        builder.Services.AddHealthChecks()
            .AddCheck<RedisHealthCheck>("redis", timeout: DatabaseHealthCheck.Timeout);
        return builder;
    }

    internal static NpgsqlDataSource CreateDataSource(
        string connection, StorageRole role, StorageOptions options, ILoggerFactory? logging = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            CommandTimeout = options.CommandTimeoutSeconds,
            MaxAutoPrepare = 50,
            // A connection carries nothing from one use to the next: what a statement sets, it sets for its transaction.
            NoResetOnClose = true,
            ApplicationName = AppDomain.CurrentDomain.FriendlyName,
        };
        // jit: queries here take milliseconds, compiling one takes longer. The timeouts bound every wait in the server.
        // iterative_scan: a filter on tenant and collection must not make HNSW return too few rows (pgvector 0.8).
        settings.Options = $"{settings.Options} -c role={options.RoleFor(role)} -c jit=off -c lock_timeout=10s"
            + $" -c statement_timeout={options.CommandTimeoutSeconds}s -c idle_in_transaction_session_timeout=60s"
            + " -c hnsw.ef_search=100 -c hnsw.iterative_scan=relaxed_order";
        if (role == StorageRole.Application)
        {
            // A caller's statements go through keys and indexes, so that planning each of them anew only takes time: a third of
            // the lexical leg's. A plan made when a table was empty must not scan it when it has grown.
            settings.Options += " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
        }
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseLoggerFactory(logging).UseVector();
        return builder.Build();
    }
}
