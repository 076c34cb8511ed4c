using AiApp.Database;
using AiApp.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<Migrator>();

using var host = builder.Build();
await host.StartAsync();
try
{
    var connection = builder.Configuration.GetConnectionString("aiapp")
        ?? throw new MigrationException(
            "No database: set ConnectionStrings__aiapp to a Postgres server with pgvector, or start with ./up or the AppHost.");
    var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    await host.Services.GetRequiredService<Migrator>().MigrateAsync(connection, stopping);
    return 0;
}
catch (Exception failure) when (failure is MigrationException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync($"The database was not migrated. {failure.Message}");
    return 1;
}
finally
{
    await host.StopAsync();
}
