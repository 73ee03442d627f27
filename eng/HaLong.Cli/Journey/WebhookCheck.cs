using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>What a careful partner checks of the events it received.</summary>
internal static class WebhookCheck
{
    /// <summary>Fails unless every signature holds, no id comes with two bodies, and the sequence runs 1, 2, 3… in order of first arrival.</summary>
    /// <returns>The types in order.</returns>
    public static IReadOnlyList<string> Verify(JsonArray received, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var types = new List<string>();
        var bodies = new Dictionary<string, string>();
        foreach (var hook in received)
        {
            var headers = hook!["headers"]!.AsObject().ToDictionary(h => h.Key, h => h.Value!.GetValue<string>(), StringComparer.OrdinalIgnoreCase);
            var body = hook["body"]!.GetValue<string>();
            var id = headers["webhook-id"];
            var signed = Encoding.UTF8.GetBytes($"{id}.{headers["webhook-timestamp"]}.{body}");
            var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
            StepLog.Check(headers["webhook-signature"].Split(' ').Contains(expected), $"signature of webhook {id}");
            if (bodies.TryGetValue(id, out var before))
            {
                StepLog.Check(before == body, $"webhook {id} repeated with another body");
                continue;
            }

            bodies[id] = body;
            var cloudEvent = JsonNode.Parse(body)!;
            types.Add(cloudEvent["type"]!.GetValue<string>());
            StepLog.Check(Sequence(cloudEvent) == types.Count, $"sequence {types.Count} of {cloudEvent["subject"]}");
        }

        return types;
    }

    private static long Sequence(JsonNode cloudEvent) =>
        cloudEvent["sequence"]!.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? cloudEvent["sequence"]!.GetValue<long>()
            : long.Parse(cloudEvent["sequence"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
}
