using System.Text;
using System.Text.Json;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Drafts;

/// <summary>What a screen that saves by itself does.</summary>
internal static class Patching
{
    public static Task<HttpResponseMessage> PatchAsync(HttpClient client, Guid id, string patch, string? ifMatch = null, bool? merge = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/dossiers/{id}{(merge is { } m ? $"?merge={(m ? "true" : "false")}" : "")}")
        {
            Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json"),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }

    public static Guid Id(JsonElement dossier) => dossier.GetProperty("id").GetGuid();

    public static string Tag(JsonElement dossier) => $"\"{dossier.GetProperty("version").GetUInt32()}\"";
}
