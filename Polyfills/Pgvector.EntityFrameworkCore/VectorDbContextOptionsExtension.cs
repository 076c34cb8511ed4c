using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Pgvector.EntityFrameworkCore;

internal sealed class VectorDbContextOptionsExtension : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) =>
        new EntityFrameworkNpgsqlServicesBuilder(services)
            .TryAdd<INpgsqlDataSourceConfigurationPlugin, DataSourcePlugin>()
            .TryAdd<IMethodCallTranslatorPlugin, VectorTranslatorPlugin>()
            .TryAdd<IRelationalTypeMappingSourcePlugin, VectorTypeMappingPlugin>();

    public void Validate(IDbContextOptions options)
    {
    }

    /// <summary>Applies when the provider builds the data source from a connection string; a data source of one's own calls UseVector itself.</summary>
    private sealed class DataSourcePlugin : INpgsqlDataSourceConfigurationPlugin
    {
        public void Configure(NpgsqlDataSourceBuilder npgsqlDataSourceBuilder) => npgsqlDataSourceBuilder.UseVector();
    }

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using vector ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Pgvector.EntityFrameworkCore:UseVector"] = "1";
    }
}
