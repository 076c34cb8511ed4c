using AiApp.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var publish = builder.ExecutionContext.IsPublishMode;
builder.AddDeploymentTarget();

// Stores: an own server when its connection string is configured, a managed one when published, a container otherwise.
IResourceBuilder<IResourceWithConnectionString> aiapp =
    builder.HasConnectionString("aiapp") ? builder.AddConnectionString("aiapp")
    : publish ? builder.AddManagedPostgres("postgres", databaseName: "aiapp")
    : builder.AddPostgres("postgres", password: builder.AddGeneratedSecret("postgres-password"))
        .WithImage(ContainerImages.Postgres, ContainerImages.PostgresTag) // before the volume: its mount path follows the tag
        .WithDataVolume("aiapp-postgres")
        .WithLifetime(ContainerLifetime.Persistent)
        .AddDatabase("aiapp");

IResourceBuilder<IResourceWithConnectionString> redis =
    builder.HasConnectionString("redis") ? builder.AddConnectionString("redis")
    : publish ? builder.AddManagedRedis("redis")
    : builder.AddRedis("redis", password: builder.AddGeneratedSecret("redis-password"))
        .WithImageTag(ContainerImages.RedisTag)
        .WithDataVolume("aiapp-redis")
        .WithLifetime(ContainerLifetime.Persistent);

// Migrates and exits; nobody opens a pool before.
var database = builder.AddProject<Projects.Database>("database")
    .WithReference(aiapp).WaitFor(aiapp)
    .PublishAsJob();

var models = builder.AddModelProvider();

var api = builder.AddProject<Projects.Api>("api")
    .WithReference(aiapp).WithReference(redis)
    .WaitFor(redis).WaitForCompletion(database)
    .WithModelProvider(models)
    .WithEnvironment("ApiKeys__Pepper", builder.AddGeneratedSecret("api-key-pepper"))
    .WithHealth()
    .WithReplicas(builder.ReplicasOf("api"))
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithHttpCommand("/api/samples/seed", "Seed samples",
        commandOptions: new HttpCommandOptions { Method = HttpMethod.Post, IconName = "DatabaseArrowUp", IsHighlighted = true })
    .WithHttpCommand("/api/cache/clear", "Clear cache",
        commandOptions: new HttpCommandOptions { Method = HttpMethod.Post, IconName = "Broom" })
    .PublishScaled(minReplicas: 1, maxReplicas: 10);

var ingestor = builder.AddProject<Projects.Ingestor>("ingestor")
    .WithReference(aiapp).WithReference(redis)
    .WaitFor(redis).WaitForCompletion(database)
    .WithModelProvider(models)
    .WithSamples()
    .WithHealth()
    .WithReplicas(builder.ReplicasOf("ingestor"))
    .PublishScaled(minReplicas: 1, maxReplicas: 4);

var web = builder.AddProject<Projects.Web>("web")
    .WithReference(api).WaitFor(api)
    .WithHealth()
    .WithReplicas(builder.ReplicasOf("web"))
    .WithUrlForEndpoint("http", url => url.DisplayText = "Ask and documents")
    .WithExternalHttpEndpoints()
    .PublishScaled(minReplicas: 1, maxReplicas: 5, stickySessions: true);

if (publish)
{
    // Web is the only caller the deployment itself knows; everyone else gets a key from `keys create` of the Api.
    var webKey = builder.AddGeneratedSecret("web-api-key");
    api.WithEnvironment("ApiKeys__Web", webKey);
    web.WithEnvironment("Api__Key", webKey);
}

if (builder.IsApiExternal())
{
    api.WithExternalHttpEndpoints();
}

await builder.Build().RunAsync();
