using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Notifications.Catalogue;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;

namespace HaLong.Notifications.Tests.Events;

public sealed class SchemaTests
{
    private const string Approved = "tests/HaLong.Notifications.Tests/Approved/event-schemas.json";
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Types => [.. EventTypes.All];

    private static JsonObject Schema(string type) => EventSchemas.Document(EventCatalogue.Find(type)!, "https://halong.example");

    [Fact]
    public void A_schema_says_what_it_is_of_and_how_the_fields_look()
    {
        var schema = Schema(EventTypes.FeePaid);

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]!.GetValue<string>());
        Assert.Equal("https://halong.example/schemas/events/vn.halong.dossier.fee-paid.v1.json", schema["$id"]!.GetValue<string>());
        Assert.Equal("""{"type":"string","format":"uuid","description":"Id of the payment. / Mã định danh khoản thanh toán."}""", Text(schema["properties"]!["paymentId"]!));
        Assert.Equal("""{"type":"integer","description":"Amount in đồng. / Số tiền, đồng.","minimum":0}""", Text(schema["properties"]!["amount"]!));
        Assert.Equal(["paymentId", "amount", "dossierId", "code", "procedureCode", "unitCode"], Names(schema["required"]!));
    }

    [Fact]
    public void A_field_that_may_have_no_value_may_be_missing_and_is_never_null()
    {
        var schema = Schema(EventTypes.Overdue);

        Assert.Equal("string", schema["properties"]!["dueAt"]!["type"]!.GetValue<string>());
        Assert.DoesNotContain("dueAt", Names(schema["required"]!));
        Assert.Contains("previousDueAt", Names(schema["required"]!));
        var late = new OverdueData(Guid.CreateVersion7(), "c", "p", "u", DateTimeOffset.UnixEpoch, null, "OVERDUE");
        Assert.DoesNotContain("dueAt\":null", CloudEvent.Of(new PublicFact(EventTypes.Overdue, 1, DateTimeOffset.UnixEpoch, late), Guid.CreateVersion7(), null).ToJson(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Types))]
    public void What_is_sent_has_no_field_beyond_the_schema_and_all_that_it_demands(string type)
    {
        var entry = EventCatalogue.Find(type)!;
        var sent = JsonNode.Parse(EventCatalogue.Envelope(entry, "https://halong.example").ToJson())!["data"]!.AsObject().Select(p => p.Key).ToList();
        var schema = Schema(type);

        Assert.Empty(sent.Except(schema["properties"]!.AsObject().Select(p => p.Key)));
        Assert.Empty(Names(schema["required"]!).Except(sent));
    }

    [Theory, MemberData(nameof(Types))]
    public void A_schema_leaves_room_for_fields_to_come(string type)
    {
        var schema = Schema(type);

        Assert.False(schema.ContainsKey("additionalProperties"));
        Assert.All(schema["properties"]!.AsObject(), p => Assert.False(string.IsNullOrEmpty(p.Value!["description"]!.GetValue<string>())));
    }

    /// <summary>The rule for versions: a type may grow; whatever could break a reader is a new type with a new version.</summary>
    [Fact]
    public void No_type_changes_in_a_way_that_breaks_a_reader_and_every_growth_is_approved()
    {
        var now = new JsonObject(EventCatalogue.All.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Type, EventSchemas.Of(t))));
        var file = Path.Combine(Repository.Root, Approved);
        var approved = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];

        var breaks = approved.SelectMany(t => SchemaCompatibility.Breaks(t.Key, t.Value!.AsObject(), now[t.Key]?.AsObject())).ToList();
        Assert.True(breaks.Count == 0, "This breaks readers; leave the type as it is and add its next version (….v2):\n" + string.Join('\n', breaks));
        Repository.Approve(Approved, JsonSerializer.Serialize(now, Pretty));
    }

    [Fact]
    public void A_field_more_is_growth()
    {
        var (old, now) = Pair();
        now["properties"]!["more"] = new JsonObject { ["type"] = "string" };
        now["required"]!.AsArray().Add("more");
        now["description"] = "Said better.";

        Assert.Empty(SchemaCompatibility.Breaks("t", old, now));
    }

    [Theory]
    [InlineData("gone", "t: amount is gone")]
    [InlineData("retyped", "t: amount was of type \"integer\" and is \"string\"")]
    [InlineData("reformatted", "t: paymentId was of format \"uuid\" and is free")]
    [InlineData("optional", "t: amount was always there and may be missing now")]
    [InlineData("lower", "t: amount was at least 0 and may be less")]
    [InlineData("removed", "t is gone: partners wait for it")]
    public void What_breaks_a_reader_is_named(string change, string expected)
    {
        var (old, now) = Pair();
        var fields = now["properties"]!;
        switch (change)
        {
            case "gone":
                fields.AsObject().Remove("amount");
                break;
            case "retyped":
                fields["amount"]!["type"] = "string";
                break;
            case "reformatted":
                fields["paymentId"]!.AsObject().Remove("format");
                break;
            case "lower":
                fields["amount"]!["minimum"] = -1L;
                break;
            case "optional":
                now["required"] = new JsonArray([.. Names(old["required"]!).Where(n => n != "amount").Select(n => JsonValue.Create(n))]);
                break;
        }

        Assert.Equal(expected, Assert.Single(SchemaCompatibility.Breaks("t", old, change == "removed" ? null : now)));
    }

    private static (JsonObject Old, JsonObject Now) Pair() => (Schema(EventTypes.FeePaid), Schema(EventTypes.FeePaid));

    private static IEnumerable<string> Names(JsonNode array) => array.AsArray().Select(n => n!.GetValue<string>());

    private static string Text(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
