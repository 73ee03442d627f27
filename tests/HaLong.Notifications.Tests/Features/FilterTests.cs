using System.Net;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Features;

public sealed class FilterTests(QuietWorld quiet) : IClassFixture<QuietWorld>, IAsyncLifetime
{
    private readonly ServiceFactory<NotificationDbContext> service = quiet.Service;

    public ValueTask InitializeAsync() => quiet.CleanAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_filter_narrows_and_an_empty_one_does_not()
    {
        var cases = new (EventFilter Filter, bool[] Wanted)[]
        {
            (Filter(), [true, true, true, true]),
            (Filter(procedures: ["1.000001"]), [true, false, true, false]),
            (Filter(procedures: ["1.000001", "1.000002"]), [true, true, true, true]),
            (Filter(units: ["U1"]), [true, true, false, false]),
            (Filter(fields: ["F1"]), [true, false, false, false]),
            (Filter(procedures: ["1.000001"], units: ["U2"]), [false, false, true, false]),
            (Filter(units: ["U1"], fields: ["F2"]), [false, true, false, false]),
            (Filter(procedures: ["1.000001"], units: ["U2"], fields: ["F1"]), [false, false, false, false]),
            (Filter(types: ["vn.halong.dossier.returned."]), [false, false, false, false]),
        };
        var ids = new List<Guid>();
        foreach (var (filter, _) in cases)
            ids.Add((await service.ProvedAsync("http://127.0.0.1:9/", "f", s => s.Want(filter))).Id);

        Guid[] dossiers =
        [
            await service.LoggedAsync(1, "1.000001", "U1", "F1"), await service.LoggedAsync(1, "1.000002", "U1", "F2"),
            await service.LoggedAsync(1, "1.000001", "U2", "F2"), await service.LoggedAsync(1, "1.000002", "U2", null),
        ];

        for (var i = 0; i < cases.Length; i++)
        {
            var got = (await service.DeliveriesAsync(ids[i])).Select(d => d.DossierId).ToList();
            Assert.Equal(dossiers.Where((_, n) => cases[i].Wanted[n]), got);
        }
    }

    [Fact]
    public async Task Single_dossiers_can_be_followed()
    {
        var followed = await service.LoggedAsync(1, release: false);
        var other = await service.LoggedAsync(2, release: false);
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "follower", s => s.Want(Filter() with { Subjects = [followed] }));
        var (both, _) = await service.ProvedAsync("http://127.0.0.1:9/", "follower", s => s.Want(Filter(units: ["06658"]) with { Subjects = [followed, other] }));

        await service.ReleaseAsync();

        Assert.Equal(followed, Assert.Single(await service.DeliveriesAsync(id)).DossierId);
        Assert.Equal(3, (await service.DeliveriesAsync(both)).Count);
    }

    [Fact]
    public async Task A_partner_says_what_it_wants_sees_it_and_changes_it_for_events_from_then_on()
    {
        using var partner = quiet.Partner("chooser");
        var created = await partner.OkAsync(HttpMethod.Post, "/api/v1/subscriptions", new
        {
            url = "http://127.0.0.1:9/hook",
            types = new[] { "vn.halong." },
            procedures = new[] { "1.000001", "1.000001" },
            units = new[] { "U1" },
            description = "Kho dữ liệu của tỉnh",
        });
        var id = created.GetProperty("id").GetGuid();
        var first = await service.LoggedAsync(1, "1.000001", "U1");
        await service.LoggedAsync(1, "1.000002", "U1");

        var changed = await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { procedures = new[] { "1.000002" }, units = Array.Empty<string>() });
        await service.LoggedAsync(1, "1.000001", "U1");
        var second = await service.LoggedAsync(1, "1.000002", "U9");

        Assert.Equal([first, second], (await service.DeliveriesAsync(id)).Select(d => d.DossierId));
        Assert.Equal(["1.000002"], changed.GetProperty("procedures").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(0, changed.GetProperty("units").GetArrayLength());
        Assert.Equal("Kho dữ liệu của tỉnh", changed.Text("description"));
        Assert.Equal("pending", changed.Text("state"));
        Assert.Null((await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { description = "" })).Text("description"));
    }

    [Theory]
    [InlineData("procedures", """["bad code"]""")]
    [InlineData("procedures", """[null]""")]
    [InlineData("fields", """["x'); DROP TABLE subscription; --"]""")]
    [InlineData("units", """[""]""")]
    [InlineData("description", "\"two\\nlines\"")]
    [InlineData("headers", """{"Host":"x"}""")]
    [InlineData("headers", """{"Authorization":"Bearer x"}""")]
    [InlineData("headers", """{"X-Forwarded-For":"1.1.1.1"}""")]
    [InlineData("headers", """{"X-Ok":"a\r\nX-Evil: b"}""")]
    [InlineData("headers", """{"X-Ok":""}""")]
    [InlineData("headers", """{"X-Ok":"đ"}""")]
    public async Task What_cannot_be_is_refused_with_its_field(string field, string json)
    {
        using var partner = quiet.Partner("wrong");
        var body = JsonElement.Parse($$"""{"url":"http://127.0.0.1:9/hook","types":["vn.halong."],"{{field}}":{{json}}}""");

        var problem = await partner.RefusedAsync(HttpStatusCode.BadRequest, "NOT-0320", HttpMethod.Post, "/api/v1/subscriptions", body);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_too_many_are_too_many()
    {
        using var partner = quiet.Partner("wrong");
        var many = Enumerable.Range(0, 101).Select(i => "c" + i).ToArray();
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "wrong");

        var problem = await partner.RefusedAsync(HttpStatusCode.BadRequest, "NOT-0320", HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new
        {
            procedures = many,
            subjects = many.Select(_ => Guid.CreateVersion7()),
            description = new string('x', 201),
            headers = Enumerable.Range(0, 11).ToDictionary(i => "X-H" + i, _ => "v"),
        });

        Assert.Equal(["description", "headers", "procedures", "subjects"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        await partner.RefusedAsync(HttpStatusCode.BadRequest, "NOT-0005", HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { types = Array.Empty<string>() });
        await partner.RefusedAsync(HttpStatusCode.BadRequest, "NOT-0006", HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { });
        await partner.RefusedAsync(HttpStatusCode.BadRequest, "NOT-0003", HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { url = "ftp://x/" });
        Assert.Equal("active", await service.StateAsync(id));
    }

    [Fact]
    public void It_is_found_by_its_narrowest_list()
    {
        var dossier = Guid.CreateVersion7();
        Assert.Equal(["*"], Filter().Keys());
        Assert.Equal(["field:F1", "field:F2"], Filter(fields: ["F1", "F2"]).Keys());
        Assert.Equal(["unit:U1"], Filter(fields: ["F1"], units: ["U1"]).Keys());
        Assert.Equal(["procedure:P"], Filter(fields: ["F1"], units: ["U1"], procedures: ["P"]).Keys());
        Assert.Equal([$"subject:{dossier}"], (Filter(procedures: ["P"]) with { Subjects = [dossier] }).Keys());
    }

    private static EventFilter Filter(string[]? types = null, string[]? procedures = null, string[]? fields = null, string[]? units = null) =>
        new(types ?? ["vn.halong."], procedures ?? [], fields ?? [], units ?? [], []);
}
