using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.AI;

/// <summary>What both builders do: an inner instance, wrapped by the stages so that the first added is the outermost.</summary>
internal sealed class Pipeline<T>(Func<IServiceProvider, T> innerFactory)
    where T : class
{
    private readonly List<Func<T, IServiceProvider, T>> stages = [];

    public void Add(Func<T, IServiceProvider, T> stage) => stages.Add(stage);

    public T Build(IServiceProvider? services)
    {
        services ??= NoServices.Instance;
        var current = innerFactory(services);
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            current = stages[i](current, services)
                ?? throw new InvalidOperationException($"Stage {i} of the {typeof(T).Name} pipeline returned null; every Use callback must return an instance.");
        }

        return current;
    }

    private sealed class NoServices : IKeyedServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;

        public object? GetKeyedService(Type serviceType, object? serviceKey) => null;

        public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
            throw new InvalidOperationException($"No service for type '{serviceType}' and key '{serviceKey}' has been registered.");
    }
}
