using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace HaLong.Portal.Tests;

/// <summary>What was typed becomes what the API wants, and comes back as it was typed.</summary>
public sealed class DeskFormTests
{
    [Theory]
    [InlineData(AskKind.Text, " Hồng Gai ", "\"Hồng Gai\"")]
    [InlineData(AskKind.Text, "   ", "null")]
    [InlineData(AskKind.Area, "một\r\nhai", "\"một\\nhai\"")]
    [InlineData(AskKind.Lines, "a\r\n\r\n b ", "[\"a\",\"b\"]")]
    [InlineData(AskKind.Lines, "", "[]")]
    [InlineData(AskKind.Pairs, "X-A: 1:2\nX-B:\nX-C", "{\"X-A\":\"1:2\",\"X-B\":\"\",\"X-C\":\"\"}")]
    [InlineData(AskKind.Pairs, " ", "{}")]
    [InlineData(AskKind.Number, "48", "48")]
    [InlineData(AskKind.Number, "nhiều", "\"nhiều\"")]
    [InlineData(AskKind.Day, "2026-12-01", "\"2026-12-01\"")]
    [InlineData(AskKind.Moment, "2026-12-01T08:30", "\"2026-12-01T01:30:00+00:00\"")]
    [InlineData(AskKind.Moment, "hôm qua", "\"hôm qua\"")]
    [InlineData(AskKind.Flag, "true", "true")]
    [InlineData(AskKind.Flag, "", "false")]
    [InlineData(AskKind.Choice, "", "null")]
    [InlineData(AskKind.Json, "{\"a\":[1]}", "{\"a\":[1]}")]
    [InlineData(AskKind.Secret, "s", "\"s\"")]
    public void An_answer_has_the_form_of_its_kind(AskKind kind, string typed, string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), FormBody.Of(StepOf(new Ask("x", "", kind)), Form(("x", typed)))!["x"]));

    [Fact]
    public void Several_choices_are_a_list_and_none_is_an_empty_one()
    {
        var step = StepOf(new Ask("roles", "", AskKind.Choices));
        var form = new FormCollection(new Dictionary<string, StringValues> { ["roles"] = new(["officer", "approver"]) });
        Assert.Equal("[\"officer\",\"approver\"]", FormBody.Of(step, form)!["roles"]!.ToJsonString());
        Assert.Equal("[]", FormBody.Of(step, Form())!["roles"]!.ToJsonString());
    }

    [Fact]
    public void Dots_lead_into_objects()
    {
        var body = FormBody.Of(StepOf(new Ask("a.b.c", ""), new Ask("a.d", "")), Form(("a.b.c", "1"), ("a.d", "2")));
        Assert.Equal("{\"a\":{\"b\":{\"c\":\"1\"},\"d\":\"2\"}}", body!.ToJsonString());
    }

    [Fact]
    public void What_asks_nothing_and_knows_nothing_has_no_body() => Assert.Null(FormBody.Of(StepOf(), Form(("x", "1"))));

    [Fact]
    public void What_goes_into_the_address_is_not_in_the_body() =>
        Assert.Null(FormBody.Of(StepOf(new Ask("decision", "")) with { InAddress = ["decision"] }, Form(("decision", "12"))));

    [Fact]
    public void What_is_known_stays_and_what_is_left_empty_goes_out_of_it()
    {
        var step = StepOf(new Ask("content.name", ""), new Ask("content.note", ""), new Ask("content.words", "", AskKind.Lines), new Ask("content.laws", "", AskKind.Lines)) with
        {
            Known = JsonNode.Parse("{\"content\":{\"name\":\"cũ\",\"note\":\"x\",\"laws\":[\"1\"],\"kept\":{\"a\":1}}}")!.AsObject(),
        };
        var body = FormBody.Of(step, Form(("content.name", "mới")))!;
        Assert.Equal("{\"name\":\"mới\",\"laws\":[],\"kept\":{\"a\":1}}", body["content"]!.ToJsonString(Readable));
        Assert.Equal("cũ", step.Known["content"]!["name"]!.ToString());
    }

    [Fact]
    public void Rows_that_are_empty_or_marked_go_and_the_others_keep_what_has_no_column()
    {
        var step = StepOf(new Ask("list", "", AskKind.Rows) { Columns = [new("name", ""), new("amount", "", AskKind.Number), new("must", "", AskKind.Flag)] }) with
        {
            Known = JsonNode.Parse("{\"list\":[{\"name\":\"a\",\"amount\":1,\"more\":true},{\"name\":\"b\"},{\"name\":\"c\"}]}")!.AsObject(),
        };
        var body = FormBody.Of(step, Form(
            ("list.0", "1"), ("list.0.name", "a2"), ("list.0.amount", ""), ("list.1", "1"), ("list.1.name", "b"), ("list.1.gone", "true"),
            ("list.2", "1"), ("list.2.name", ""), ("list.2.must", "true"), ("list.3", "1"), ("list.3.name", "d"), ("list.3.must", "true")));
        Assert.Equal("{\"list\":[{\"name\":\"a2\",\"more\":true,\"must\":false},{\"name\":\"d\",\"must\":true}]}", body!.ToJsonString());
    }

    [Fact]
    public void What_may_be_taken_away_is_sent_as_an_empty_text_also_where_something_is_known()
    {
        var step = StepOf(new Ask("note", "") { IsClearable = true }, new Ask("headers", "", AskKind.Pairs)) with { Known = [] };
        Assert.Equal("{\"note\":\"\"}", FormBody.Of(step, Form(("note", " "), ("headers", "")))!.ToJsonString());
    }

    [Fact]
    public void Broken_json_is_not_sent() => Assert.ThrowsAny<JsonException>(() => FormBody.Of(StepOf(new Ask("x", "", AskKind.Json)), Form(("x", "{"))));

    [Fact]
    public void A_form_that_came_back_shows_what_was_typed_but_no_secret()
    {
        var step = StepOf(new Ask("name", "", AskKind.Text, "cũ"), new Ask("secret", "", AskKind.Secret));
        var typed = Typed.Again("do", Form(("name", ""), ("secret", "s3cr3t"), ("version", "\"6\"")), Refused(HttpStatusCode.BadRequest));
        Assert.Equal(("", ""), (typed.Of(step, step.Asks[0]), typed.Of(step, step.Asks[1])));
        Assert.Equal("sai; quá ngắn", typed.ErrorOf(step, step.Asks[0])!.Replace(" quá", "; quá", StringComparison.Ordinal));
        Assert.Equal("cũ", typed.Of(step with { Name = "other" }, step.Asks[0]));
        Assert.Equal("\"6\"", typed.VersionOf(step, "\"7\""));
        Assert.Equal("\"7\"", Typed.Again("do", Form(("version", "\"6\"")), Refused(HttpStatusCode.PreconditionFailed)).VersionOf(step, "\"7\""));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.Conflict, false)]
    public void The_key_stays_only_where_nobody_knows_what_happened(HttpStatusCode status, bool same) =>
        Assert.Equal(same, Typed.Again("do", Form(("once", "k")), Refused(status)).Once == "k");

    [Fact]
    public void Addresses_hold_what_was_asked_for_and_nothing_empty() =>
        Assert.Equal("/a?q=%C4%91%E1%BA%A5t%20%26&after=2", Query.Of("/a", ("q", " đất & "), ("x", null), ("y", " "), ("after", "2")));

    [Fact]
    public void Codes_that_are_not_known_are_shown_as_they_are()
    {
        Assert.Equal(("brandNew", "neutral"), (Labels.State("brandNew").Text, Labels.State("brandNew").Color));
        Assert.Equal(("brandNew", ""), (Labels.Name("brandNew"), Labels.Name(null)));
        Assert.Equal("01/07/2025 – …", LocalDay.Span(new DateOnly(2025, 7, 1), null));
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Step StepOf(params Ask[] asks) => new("do", "Làm", HttpMethod.Post, "somewhere", asks);

    private static FormCollection Form(params (string Name, string Value)[] fields) => new(fields.ToDictionary(f => f.Name, f => new StringValues(f.Value)));

    private static Answer<object> Refused(HttpStatusCode status) =>
        new(status, null, new Trouble("Không được", "X-1", "t", new Dictionary<string, string[]> { ["name"] = ["sai", "quá ngắn"] }), null);
}
