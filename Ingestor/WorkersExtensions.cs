namespace AiApp.Ingestor;

internal static class WorkersExtensions
{
    public static IHostApplicationBuilder AddWorkers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SamplesOptions>().BindConfiguration(SamplesOptions.Section);
        // The platform allows 30 s between SIGTERM and SIGKILL; unfinished jobs are given back in far less.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddHostedService<IngestionWorker>();
        builder.Services.AddHostedService<RescueWorker>();
        builder.Services.AddHostedService<FillWorker>();
        builder.Services.AddHostedService<IndexWorker>();
        builder.Services.AddHostedService<SourceWorker>();
        builder.Services.AddHostedService<SampleSeeder>();
        return builder;
    }
}
