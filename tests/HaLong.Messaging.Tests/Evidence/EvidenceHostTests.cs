using System.CodeDom.Compiler;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging.CrashHost;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>Evidence in a running service: who did it, how soon it is chained, who may verify it.</summary>
public sealed class EvidenceHostTests(Servers servers) : IAsyncLifetime
{
    private const string Path = "/api/v1/admin/evidence/sample/verification";

    private Sample _sample = null!;
    private ServiceFactory<WorkDone> _host = null!;
    private WitnessServer _witness = null!;

    public async ValueTask InitializeAsync()
    {
        _sample = await Sample.CreateAsync(servers);
        _witness = await WitnessServer.StartAsync();
        _host = await _sample.HostAsync(settings: [("services:e-signature:grpc:0", _witness.Url), ("Evidence:ChainInterval", "00:00:00.2")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _sample.DisposeAsync();
        await _witness.DisposeAsync();
    }

    [Fact]
    public async Task A_fact_becomes_evidence_of_who_did_what_is_chained_anchored_and_verified()
    {
        using var meters = _host.Meters();
        var actor = Guid.CreateVersion7();
        using (var citizen = _host.Client(_sample.Identity.Token(actor)))
        {
            (await citizen.PostAsJsonAsync("/work", new { name = "x" })).EnsureSuccessStatusCode();
        }

        await Eventually.Async(
            () => _sample.QueryAsync(async db => await db.Set<EvidenceRow>().CountAsync(r => r.Position != null) == 2), "the fact and what its consumer told are chained");
        var rows = await _sample.QueryAsync(db => db.Set<EvidenceRow>().OrderBy(r => r.Position).ToListAsync());
        var work = await _sample.QueryAsync(db => db.Works.SingleAsync());
        Assert.Equal(("sample.work-done.v1", work.Id.ToString(), actor.ToString()), (rows[0].Kind, rows[0].Subject, rows[0].Actor));
        Assert.Equal(("sample.work-recorded.v1", work.Id.ToString(), "system"), (rows[1].Kind, rows[1].Subject, rows[1].Actor));
        using var content = JsonDocument.Parse($$"""{"workId":"{{work.Id}}","name":"x"}""");
        Assert.Equal(CanonicalJson.Hash(content.RootElement), rows[0].ContentHash);
        Assert.Equal(2, meters["evidence.chained"]);
        Assert.True(meters.Knows("evidence.lag"));

        Assert.Equal(AnchorOutcome.Nothing, await _host.Services.GetRequiredService<EvidenceAnchorer>().RunAsync(CancellationToken.None));
        Assert.Equal(1, meters["evidence.anchors"]);
        Assert.Equal(2, Assert.Single(_witness.Kept).Anchor.To);
        await _host.InScopeAsync<SampleDb, int>(db =>
        {
            db.Record("sample.thing-changed", "7", new { before = 1, after = 2 });
            return db.SaveChangesAsync();
        });
        await Eventually.Async(() => _sample.QueryAsync(db => db.Set<EvidenceRow>().AnyAsync(r => r.Position == 3 && r.Kind == "sample.thing-changed" && r.Subject == "7")), "chained");
        using var auditor = _host.Client(_sample.Identity.Token(roles: [Roles.Auditor], unit: "22"));
        var report = await auditor.GetFromJsonAsync<JsonElement>(Path);
        Assert.Equal(("sample", 3, 1, 0), (report.GetProperty("service").GetString(), report.GetProperty("rows").GetInt32(), report.GetProperty("anchors").GetInt32(), report.GetProperty("problems").GetInt32()));

        await TamperAsync("UPDATE evidence SET actor = 'somebody' WHERE position = 1");
        var finding = (await auditor.GetFromJsonAsync<JsonElement>(Path)).GetProperty("findings")[0];
        Assert.Equal(("ALTERED", rows[0].Id), (finding.GetProperty("problem").GetString(), finding.GetProperty("id").GetGuid()));
        Assert.Equal((1, true), await CommandAsync("verify", "--from", "2026-01"));
    }

    [Fact]
    public async Task Auditors_and_administrators_verify_months_one_at_a_time()
    {
        foreach (var role in new[] { Roles.Auditor, Roles.Administrator })
        {
            using var official = _host.Client(_sample.Identity.Token(roles: [role], unit: "22"));
            Assert.Equal(HttpStatusCode.OK, (await official.GetAsync(Path + "?from=2026-01&to=2026-12")).StatusCode);
            await RefusedAsync(official, "?from=2026-12&to=2026-01", HttpStatusCode.BadRequest, "CMN-0601");
            await RefusedAsync(official, "?from=yesterday", HttpStatusCode.BadRequest, "CMN-0601");
        }

        foreach (var token in new[] { _sample.Identity.Token(), _sample.Identity.Token(roles: [Roles.Officer], unit: "22"), _sample.Identity.ServiceToken("dossier") })
        {
            using var other = _host.Client(token);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Path)).StatusCode);
        }

        using var auditor = _host.Client(_sample.Identity.Token(roles: [Roles.Auditor], unit: "22"));
        var turn = _host.Services.GetRequiredService<EvidenceTurn>();
        await turn.Gate.WaitAsync();
        await RefusedAsync(auditor, "", HttpStatusCode.ServiceUnavailable, "CMN-0602");
        turn.Gate.Release();
        Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(Path)).StatusCode);
    }

    [Fact]
    public async Task It_is_a_run_mode_with_exit_codes_and_compiled_with_the_library()
    {
        Assert.Equal((0, false), await CommandAsync("verify"));
        Assert.Equal((0, false), await CommandAsync("verify", "--from", "2026-01", "--to", "2026-12"));
        Assert.Equal((0, false), await CommandAsync("verify", "--to", "2026-12"));
        foreach (var wrong in new string[][] { [], ["check"], ["verify", "--from", "x"], ["verify", "--to", "2026-12", "--from", "2026-01"] })
        {
            Assert.Equal(2, (await CommandAsync(wrong)).Code);
        }

        Assert.Equal(0, (await CommandAsync("resume")).Code);
        _witness.IsDown = true;
        Assert.Equal(3, (await CommandAsync("verify")).Code);

        var endpoint = _host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Single(e => "/" + e.RoutePattern.RawText!.TrimStart('/') == Path);
        Assert.NotNull(endpoint.Metadata.GetMetadata<GeneratedCodeAttribute>());
        await using var child = Child.Start(_sample, "evidence", "verify", "--nonsense");
        await child.EndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, child.ExitCode);
    }

    [Fact]
    public async Task Rows_that_were_cut_off_are_told_to_operators_once()
    {
        using var meters = _host.Meters();
        await _host.CommitAsync(1);
        await _sample.SettledAsync(1);
        var chainer = _host.Services.GetRequiredService<EvidenceChainer>();
        await Eventually.Async(() => _sample.QueryAsync(async db => await db.Set<EvidenceRow>().CountAsync(r => r.Position != null) == 2), "chained");
        await TamperAsync("DELETE FROM evidence WHERE position = 2");
        await Eventually.Async(() => Task.FromResult(meters["evidence.cut_off"] == 1), "told");
        await chainer.RunAsync(CancellationToken.None);
        Assert.Equal(1, meters["evidence.cut_off"]);
    }

    private Task TamperAsync(string sql) => EvidenceLab.TamperAsync(_sample.Database, sql);

    private static async Task RefusedAsync(HttpClient client, string query, HttpStatusCode status, string code)
    {
        using var answer = await client.GetAsync(Path + query);
        Assert.Equal((status, code), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
    }

    private async Task<(int Code, bool NamesProblem)> CommandAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await EvidenceCommand.RunAsync(_host.Services, args, output);
        return (code, output.ToString().Contains("ALTERED  partition", StringComparison.Ordinal));
    }
}
