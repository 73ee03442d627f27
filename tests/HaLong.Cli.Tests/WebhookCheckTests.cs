using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HaLong.Cli.Journey;

namespace HaLong.Cli.Tests;

/// <summary>The journey's own judge of webhooks must refuse what a careful partner refuses.</summary>
public sealed class WebhookCheckTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly string Secret = "whsec_" + Convert.ToBase64String(Key);

    [Fact]
    public void Signed_events_in_order_are_accepted()
    {
        var types = WebhookCheck.Verify([Hook("a", "submitted", 1), Hook("b", "accepted", 2)], Secret);
        Assert.Equal(["submitted", "accepted"], types);
    }

    [Fact]
    public void A_repetition_of_the_same_event_counts_once()
    {
        Assert.Single(WebhookCheck.Verify([Hook("a", "submitted", 1), Hook("a", "submitted", 1)], Secret));
    }

    [Fact]
    public void A_sequence_may_also_come_as_text()
    {
        Assert.Single(WebhookCheck.Verify([Hook("a", "submitted", 1, "\"1\"")], Secret));
    }

    [Fact]
    public void A_changed_body_is_refused()
    {
        var hook = Hook("a", "submitted", 1);
        hook["body"] = hook["body"]!.GetValue<string>().Replace("submitted", "accepted", StringComparison.Ordinal);
        Refused([hook], "signature of webhook a");
    }

    [Fact]
    public void Another_secret_is_refused()
    {
        var other = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Assert.Throws<JourneyException>(() => WebhookCheck.Verify([Hook("a", "submitted", 1)], other));
    }

    [Fact]
    public void A_gap_is_refused() => Refused([Hook("a", "submitted", 1), Hook("c", "returned", 3)], "sequence 2");

    [Fact]
    public void The_wrong_order_is_refused() => Refused([Hook("b", "accepted", 2), Hook("a", "submitted", 1)], "sequence 1");

    [Fact]
    public void One_id_with_two_bodies_is_refused() => Refused([Hook("a", "submitted", 1), Hook("a", "accepted", 2)], "repeated with another body");

    private static void Refused(JsonArray received, string why)
    {
        var refusal = Assert.Throws<JourneyException>(() => WebhookCheck.Verify(received, Secret));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    private static JsonObject Hook(string id, string type, int sequence, string? written = null)
    {
        var body = $$"""{"id":"{{id}}","type":"{{type}}","subject":"d1","sequence":{{written ?? sequence.ToString(CultureInfo.InvariantCulture)}}}""";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{id}.1700000000.{body}")));
        return new JsonObject
        {
            ["headers"] = new JsonObject { ["webhook-id"] = id, ["webhook-timestamp"] = "1700000000", ["webhook-signature"] = "v1," + signature },
            ["body"] = body,
        };
    }
}
