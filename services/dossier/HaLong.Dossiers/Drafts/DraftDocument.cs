using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Drafts;

/// <summary>What can be changed in a draft, as one JSON document: <c>{subject, data}</c>. Patches, revisions and conflicts are about it.</summary>
internal static class DraftDocument
{
    public const string Subject = "subject";
    public const string Data = "data";

    public static JsonObject Of(Dossier dossier) => Of(dossier.Subject, dossier.Data);

    public static JsonObject Of(string subject, string data) => new() { [Subject] = subject, [Data] = JsonNode.Parse(data) };

    public static (string Subject, string Data) Read(JsonObject document) => (document[Subject]!.GetValue<string>(), document[Data]!.ToJsonString(DataFiles.Json));

    public static string Text(JsonNode document) => document.ToJsonString(DataFiles.Json);

    public static JsonElement Element(JsonNode? node) => JsonSerializer.SerializeToElement(node);
}
