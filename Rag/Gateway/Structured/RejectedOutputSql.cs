namespace AiApp.Rag.Gateway.Structured;

internal static class RejectedOutputSql
{
    internal const string Add = """
        INSERT INTO rejected_output (tenant_id, rejected_output_id, request_id, step, provider, model, schema_hash, text, reasons)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string Select = """
        SELECT rejected_output_id, tenant.name, request_id, step, provider, model, schema_hash, reasons, at, text
        FROM rejected_output JOIN tenant USING (tenant_id)
        """;

    /// <summary>For whoever runs the service: $1 the tenant's name, or all of them when null. Newest first.</summary>
    internal const string List = Select + " WHERE $1::text IS NULL OR tenant.name = $1 ORDER BY at DESC, rejected_output_id LIMIT $2";

    /// <summary>Its id is all that whoever looks for it was told.</summary>
    internal const string Find = Select + " WHERE rejected_output_id = $1";

    /// <summary>$1 how long they are kept.</summary>
    internal const string Sweep = "DELETE FROM rejected_output WHERE at < now() - $1::interval";
}
