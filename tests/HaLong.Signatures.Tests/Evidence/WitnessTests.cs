using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using HaLong.Messaging.V1;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Evidence;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Signatures.Tests.Evidence;

/// <summary>The witness as services and the public see it.</summary>
public sealed class WitnessTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private const string Path = "/api/v1/evidence/anchors";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // A chain of its own for each test: the witness knows services by their names alone.
    private readonly string service = "svc-" + Guid.CreateVersion7().ToString("N")[^12..];

    private Witness.WitnessClient As(string? token) => new(fixture.Service.Grpc(token));

    private Witness.WitnessClient Self => As(fixture.Identity.ServiceToken(service));

    private AnchorStatement Statement(int partition, long from, long to, AnchorStatement? before = null) => new(service, partition, from, to,
        RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), before?.Hash ?? []);

    private async Task<WitnessAnchorResponse> WitnessAsync(AnchorStatement said, Witness.WitnessClient? client = null) =>
        await (client ?? Self).WitnessAnchorAsync(new WitnessAnchorRequest { Anchor = said.ToMessage() }, cancellationToken: Ct);

    private async Task RefusedAsync(AnchorStatement said, StatusCode status, string code, Witness.WitnessClient? client = null) =>
        Assert.Equal((status, code), await SignatureFixture.RefusedAsync(() => WitnessAsync(said, client)));

    private async Task<List<KeptAnchor>> ListAsync(int from = 0, int to = 0, string after = "", int limit = 500, Witness.WitnessClient? client = null)
    {
        var request = new ListAnchorsRequest { Service = service, FromPartition = from, ToPartition = to, After = after, Limit = limit };
        return [.. (await (client ?? Self).ListAnchorsAsync(request, cancellationToken: Ct)).Anchors];
    }

    private Task<int> CountAsync() => fixture.QueryAsync(db => db.Anchors.CountAsync(a => a.Service == service));

    [Fact]
    public async Task An_anchor_is_kept_and_its_time_stamp_is_one_that_openssl_verifies()
    {
        var first = Statement(202611, 1, 7);
        var kept = await WitnessAsync(first);
        Assert.True(kept.Anchor.ToStatement().Says(first));

        var view = await fixture.Service.Client().GetFromJsonAsync<JsonElement>($"{Path}/{kept.Id}", Ct);
        Assert.Equal(Encoding.UTF8.GetString(first.Text), view.GetProperty("statement").GetString());
        Assert.Equal(Convert.ToHexStringLower(first.Hash), view.GetProperty("hash").GetString());
        Assert.Equal(("2026-11", 1, 7, 7), (view.GetProperty("partition").GetString(), view.GetProperty("from").GetInt32(), view.GetProperty("to").GetInt32(),
            view.GetProperty("count").GetInt32()));
        using var judge = new Judge();
        var root = judge.Save("root.pem", Encoding.ASCII.GetBytes(await fixture.RootPemAsync()));
        var token = judge.Save("anchor.tst", view.GetProperty("timeStamp").GetBytesFromBase64());
        var statement = judge.Save("anchor.txt", Encoding.UTF8.GetBytes(view.GetProperty("statement").GetString()!));
        judge.Run("openssl", "ts", "-verify", "-data", statement, "-in", token, "-token_in", "-CAfile", root).Succeeded();
        judge.Run("openssl", "ts", "-verify", "-digest", view.GetProperty("hash").GetString()!, "-in", token, "-token_in", "-CAfile", root).Succeeded();
        var other = judge.Save("other.txt", (first with { To = 8 }).Text);
        Assert.NotEqual(0, judge.Run("openssl", "ts", "-verify", "-data", other, "-in", token, "-token_in", "-CAfile", root).ExitCode);
    }

    [Fact]
    public async Task Anchors_follow_each_other_through_the_months_and_what_does_not_is_refused()
    {
        var first = Statement(202611, 1, 7);
        await RefusedAsync(first with { From = 2 }, StatusCode.FailedPrecondition, "SIG-0701");
        await RefusedAsync(first with { Previous = RandomNumberGenerator.GetBytes(32) }, StatusCode.FailedPrecondition, "SIG-0702");
        await WitnessAsync(first);
        await RefusedAsync(Statement(202611, 9, 10, first), StatusCode.FailedPrecondition, "SIG-0701");
        await RefusedAsync(Statement(202611, 5, 10, first), StatusCode.FailedPrecondition, "SIG-0701");
        await RefusedAsync(Statement(202610, 1, 10, first), StatusCode.FailedPrecondition, "SIG-0701");
        await RefusedAsync(Statement(202612, 8, 10, first), StatusCode.FailedPrecondition, "SIG-0701");
        await RefusedAsync(Statement(202611, 8, 10), StatusCode.FailedPrecondition, "SIG-0702");
        await RefusedAsync(Statement(202611, 8, 10, first with { To = 6 }), StatusCode.FailedPrecondition, "SIG-0702");

        var second = Statement(202611, 8, 8, first);
        await WitnessAsync(second);
        var third = Statement(202701, 1, 20, second);
        await WitnessAsync(third);
        Assert.Equal(["202611 1-7", "202611 8-8", "202701 1-20"], (await ListAsync()).Select(k => $"{k.Anchor.Partition} {k.Anchor.From}-{k.Anchor.To}"));
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Whatever_is_asked_again_from_the_same_position_gets_the_first_answer()
    {
        var first = Statement(202611, 1, 7);
        var kept = await WitnessAsync(first);
        foreach (var again in new[] { first, Statement(202611, 1, 7), Statement(202611, 1, 20), Statement(202611, 1, 1, first) })
        {
            var answer = await WitnessAsync(again);
            Assert.Equal((kept.Id, kept.Token), (answer.Id, answer.Token));
            Assert.True(answer.Anchor.ToStatement().Says(first));
        }

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Two_replicas_that_ask_at_once_get_one_anchor()
    {
        var first = Statement(202611, 1, 7);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WitnessAsync(first)));
        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_service_speaks_for_itself_alone_and_nobody_else_speaks()
    {
        var first = Statement(202611, 1, 7);
        await RefusedAsync(first, StatusCode.PermissionDenied, "SIG-0704", As(fixture.Identity.ServiceToken("dossier")));
        foreach (var token in new[] { fixture.Identity.Token(roles: [Roles.Administrator], unit: "22"), fixture.Identity.PartnerToken(service) })
            Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(() => WitnessAsync(first, As(token)))).Status);
        Assert.Equal(StatusCode.Unauthenticated, (await SignatureFixture.RefusedAsync(() => WitnessAsync(first, As(null)))).Status);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task What_cannot_be_an_anchor_is_refused()
    {
        var right = Statement(202611, 1, 7);
        foreach (var wrong in new[]
        {
            right with { Partition = 202613 }, right with { Partition = 202600 }, right with { Partition = 0 }, right with { Partition = 199912 },
            right with { From = 0 }, right with { To = 0 }, right with { Root = [] }, right with { Head = new byte[31] }, right with { Previous = [1] },
        })
            await RefusedAsync(wrong, StatusCode.InvalidArgument, "SIG-0705");
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0705"), await SignatureFixture.RefusedAsync(async () =>
            await Self.WitnessAnchorAsync(new WitnessAnchorRequest(), cancellationToken: Ct)));
    }

    [Fact]
    public async Task Without_a_time_stamp_nothing_is_kept_and_later_it_is()
    {
        var options = new TimeStampOptions { RetrySeconds = 1 };
        options.Authorities.Add(new TimeStampSource { Url = "http://127.0.0.1:1/tsa" });
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
        var silent = new TimeStampClient(Get<IHttpClientFactory>(), Get<TimeStampAuthority>(), Get<Authorities>(), Options.Create(options), fixture.Time,
            Get<SignatureTelemetry>(), NullLogger<TimeStampClient>.Instance);
        var book = new AnchorBook(Get<SignatureDbContext>(), silent, Get<Authorities>(), fixture.Time, Get<EvidenceTelemetry>(), NullLogger<AnchorBook>.Instance);
        var first = Statement(202611, 1, 7);
        Assert.Equal("SIG-0703", (await book.AcceptAsync(first, Ct)).Error.Code);
        Assert.Equal(0, await CountAsync());

        await WitnessAsync(first);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task The_list_for_services_pages_and_says_what_each_time_stamp_is_worth()
    {
        AnchorStatement? before = null;
        for (var i = 1; i <= 4; i++)
        {
            var said = Statement(i < 4 ? 202611 : 202612, i < 4 ? i : 1, i < 4 ? i : 1, before);
            await WitnessAsync(said);
            before = said;
        }

        var page = await ListAsync(limit: 2);
        Assert.Equal([1L, 2L], page.Select(p => p.Anchor.From));
        Assert.Equal([3L, 1L], (await ListAsync(after: page[1].Id)).Select(p => p.Anchor.From));
        Assert.Empty(await ListAsync(after: (await ListAsync())[^1].Id));
        Assert.Equal([202612], (await ListAsync(from: 202612)).Select(p => p.Anchor.Partition));
        Assert.Equal(3, (await ListAsync(to: 202611)).Count);
        Assert.Single(await ListAsync(limit: 0));
        Assert.All(await ListAsync(), a => Assert.True(a.TimeStampHolds));
        // Auditors and administrators verify under their own names.
        Assert.Equal(4, (await ListAsync(client: As(fixture.Identity.Token(roles: [Roles.Auditor], unit: "22")))).Count);
        Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(() => ListAsync(client: As(fixture.Identity.PartnerToken())))).Status);
    }

    [Theory]
    [InlineData("root = head")]
    [InlineData("to_position = 8")]
    [InlineData("token = root")]
    [InlineData("token = (SELECT token FROM anchor o WHERE o.service <> anchor.service LIMIT 1)")]
    public async Task An_anchor_that_was_changed_here_does_not_fit_its_time_stamp(string change)
    {
        var stranger = new WitnessTests(fixture);
        await stranger.WitnessAsync(stranger.Statement(202611, 1, 1));
        await WitnessAsync(Statement(202611, 1, 7));
        await TamperAsync($"UPDATE anchor SET {change} WHERE service = '{service}'");
        Assert.False(Assert.Single(await ListAsync()).TimeStampHolds);
    }

    [Theory]
    [InlineData("UPDATE anchor SET root = head")]
    [InlineData("DELETE FROM anchor")]
    [InlineData("TRUNCATE anchor")]
    public async Task The_database_keeps_anchors_as_they_are(string sql)
    {
        await WitnessAsync(Statement(202611, 1, 7));
        await using var command = fixture.Service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct))).SqlState);
    }

    [Fact]
    public async Task Anybody_reads_the_public_list_by_pages_newest_first()
    {
        var first = Statement(202611, 1, 7);
        await WitnessAsync(first);
        var second = Statement(202611, 8, 9, first);
        await WitnessAsync(second);
        using var anybody = fixture.Service.Client();
        var page = await anybody.GetFromJsonAsync<JsonElement>($"{Path}?service={service}&limit=1", Ct);
        Assert.Equal(8, Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("from").GetInt32());
        var rest = await anybody.GetFromJsonAsync<JsonElement>($"{Path}?service={service}&limit=1&after={page.GetProperty("after").GetString()}", Ct);
        var last = Assert.Single(rest.GetProperty("items").EnumerateArray());
        Assert.Equal((1, ""), (last.GetProperty("from").GetInt32(), last.GetProperty("previous").GetString()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("after").ValueKind);
        Assert.Equal(last.GetProperty("hash").GetString(), page.GetProperty("items")[0].GetProperty("previous").GetString());
        Assert.True((await anybody.GetFromJsonAsync<JsonElement>(Path, Ct)).GetProperty("items").GetArrayLength() >= 2);

        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.GetAsync($"{Path}?limit=0", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.GetAsync($"{Path}?after=x", Ct)).StatusCode);
        using var missing = await anybody.GetAsync($"{Path}/{Guid.CreateVersion7()}", Ct);
        Assert.Equal((HttpStatusCode.NotFound, "SIG-0706"), (missing.StatusCode, (await missing.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
    }

    private Task TamperAsync(string sql) => OwnEvidenceTests.TamperAsync(fixture, sql);
}
