using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;

namespace AiApp.Integration.Tests.Access;

/// <summary>For whom the application believes to read, and for whom the database does.</summary>
internal sealed class Callers
{
    private const string Marker = "real:";
    private readonly string[] _everybody;

    private Callers(string[] everybody) => _everybody = everybody;

    /// <summary>Both for the caller.</summary>
    public static Callers AsTheyAre { get; } = new([]);

    /// <summary>
    /// The application's predicate lets everything through: it takes each caller for everybody at once, and knows every reader
    /// set. Only the policies of the database still know who the caller is, from the marked names.
    /// </summary>
    public static async Task<Callers> WithoutFirstWallAsync(TestDatabase database, AccessWorld world)
    {
        await database.ReadAsync<int>($"""
            ALTER TABLE reader_set DISABLE ROW LEVEL SECURITY;
            CREATE OR REPLACE FUNCTION reader_sets_of(tenant integer, names text[]) RETURNS integer[]
                LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
            AS $$
            BEGIN
                RETURN (SELECT coalesce(array_agg(reader_set_id), '{"{}"}') FROM reader_set
                        WHERE tenant_id = tenant
                          AND principals && ARRAY(SELECT substr(name, {Marker.Length + 1}) FROM unnest(names) AS name WHERE starts_with(name, '{Marker}')));
            END $$;
            SELECT 1
            """);
        return new([.. world.People.SelectMany(person => person.Principals.Names).Distinct()]);
    }

    public PrincipalSet As(PrincipalSet caller) =>
        _everybody.Length == 0 ? caller : PrincipalSet.Of([.. _everybody, .. caller.Names.Select(name => Marker + name)]);
}
