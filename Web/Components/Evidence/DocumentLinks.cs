namespace AiApp.Web.Components.Evidence;

/// <summary>Addresses of the document page; they carry what is shown, so that they can be shared.</summary>
internal static class DocumentLinks
{
    public static string To(Guid documentId) => $"/documents/{documentId}";

    public static string To(EvidenceTarget target) =>
        $"/documents/{target.DocumentId}?version={target.VersionId}&start={target.Main.Start}&length={target.Main.Length}";
}
