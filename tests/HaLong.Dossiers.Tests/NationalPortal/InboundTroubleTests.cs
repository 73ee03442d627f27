using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using HaLong.Dossiers.NationalPortal.Inbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>Filings with defects, a portal that is away or talks nonsense, broken files: nothing is lost, nothing holds up the rest.</summary>
public sealed class InboundTroubleTests(InboundFixture portal) : IClassFixture<InboundFixture>
{
    private readonly FilingsLab lab = portal.Lab;

    [Fact]
    public async Task While_the_portal_is_away_nothing_is_lost()
    {
        var (_, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        lab.Add(lab.Filing(code, number));
        lab.Down = true;
        var made = await portal.RoundAsync();
        lab.Down = false;

        Assert.True(made);
        Assert.Null(await portal.DossierAsync(code));
        await portal.RoundAsync();
        Assert.NotNull(await portal.DossierAsync(code));
    }

    [Fact]
    public async Task A_portal_that_goes_away_before_it_is_answered_is_answered_later()
    {
        var (_, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        portal.City.Neighbours.IdentityDown = true;
        var waiting = await portal.FiledAsync(lab.Filing(code, number));
        portal.City.Neighbours.IdentityDown = false;
        lab.Down = true;
        await portal.DueAsync(code);
        await portal.RoundAsync();
        var away = await portal.RowAsync(code);
        lab.Down = false;
        await portal.DueAsync(code);
        await portal.RoundAsync();

        Assert.Equal((InboundState.Received, "DOS-0010", 1), (waiting.State, waiting.Reason, waiting.Attempts));
        Assert.Equal((InboundState.Received, 2), (away.State, away.Attempts));
        Assert.Equal((InboundState.Filed, 0), ((await portal.RowAsync(code)).State, (await portal.RowAsync(code)).Attempts));
    }

    [Theory]
    [InlineData("what?")]
    [InlineData("""{"items":[{"MaHoSo":"no number"}],"next":1}""")]
    [InlineData("""{"items":[1,null,"x"]}""")]
    [InlineData("null")]
    public async Task Nonsense_in_place_of_filings_is_asked_for_again(string nonsense)
    {
        var (_, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        lab.Add(lab.Filing(code, number));
        lab.Nonsense = nonsense;
        await portal.RoundAsync();
        lab.Nonsense = null;
        Assert.Null(await portal.DossierAsync(code));

        await portal.RoundAsync();

        Assert.NotNull(await portal.DossierAsync(code));
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_refused_and_holds_up_no_other()
    {
        var (_, number) = InboundFixture.Person();
        var (bad, odd, good) = (lab.Next, FilingsLab.NewCode(), FilingsLab.NewCode());
        lab.AddRaw(new JsonObject { ["So"] = bad, ["MaHoSo"] = "../../etc", ["MaTTHC"] = Land });
        lab.AddRaw(new JsonObject { ["So"] = bad + 1, ["MaHoSo"] = odd, ["TaiLieuNop"] = "none" });

        await portal.FiledAsync(lab.Filing(good, number));

        var unreadable = await portal.RowAsync($"#{bad}");
        Assert.Equal((InboundState.Refused, "DOS-0883", (DateTimeOffset?)null), (unreadable.State, unreadable.Reason, unreadable.NextTryAt));
        Assert.Equal((InboundState.Failed, "DOS-0881"), ((await portal.RowAsync(odd)).State, (await portal.RowAsync(odd)).Reason));
        Assert.Equal(["DOS-0881"], lab.AnswersTo(odd));
        Assert.NotNull(await portal.DossierAsync(good));
    }

    [Fact]
    public async Task Wrong_procedure_unit_and_data_are_told_at_once()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number, "9.999999");
        (filing["DonViXuLy"], filing["DuLieu"]) = ("999", new JsonArray());

        var row = await portal.FiledAsync(filing);

        Assert.Equal(InboundState.Failed, row.State);
        Assert.Equal(["data", "MaTTHC", "DonViXuLy"], row.Defects.Select(d => d.Field));
        var (_, code, message) = Assert.Single(lab.Heard, h => h.Code == row.Code);
        Assert.Equal(row.Reason, code);
        Assert.Contains("MaTTHC", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_submission_would_be_refused_for_is_told_the_draft_is_gone_and_mended_on_the_portal_it_is_filed()
    {
        var (owner, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        var row = await portal.FiledAsync(lab.Filing(code, number, Free, papers: 1));
        var drafts = await portal.DraftsOfAsync(owner);
        var seen = await portal.ListAsync("?state=failed&limit=100");

        var mended = await portal.FiledAsync(lab.Filing(code, number, Free, papers: 2));

        Assert.Equal((InboundState.Failed, "DOS-0007", (Guid?)null, 0), (row.State, row.Reason, row.DossierId, drafts));
        Assert.Equal("component2", Assert.Single(row.Defects).Field);
        Assert.Contains(seen.GetProperty("items").EnumerateArray(), f => f.GetProperty("code").GetString() == code
            && f.GetProperty("defects").GetArrayLength() == 1);
        Assert.Equal((InboundState.Filed, 0), (mended.State, mended.Defects.Count));
        Assert.Equal(["DOS-0007", "0"], lab.AnswersTo(code));
    }

    [Fact]
    public async Task A_matter_that_is_filed_already_is_not_filed_again_under_another_code()
    {
        var (_, number) = InboundFixture.Person();
        var first = lab.Filing(FilingsLab.NewCode(), number);
        await portal.FiledAsync(first);
        var second = lab.Filing(FilingsLab.NewCode(), number);
        second["DuLieu"] = first["DuLieu"]!.DeepClone();

        var row = await portal.FiledAsync(second);

        Assert.Equal(InboundState.Failed, row.State);
        Assert.Contains((string)first["MaHoSo"]!, row.Defects[0].Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000.00.01.H49-261201-0001")]
    [InlineData("H49.01-261201-0002")]
    [InlineData("H49.07-261201-0003")]
    public async Task A_code_that_we_might_give_ourselves_is_refused(string code)
    {
        var (owner, number) = InboundFixture.Person();
        var row = await portal.FiledAsync(lab.Filing(code, number));

        Assert.Equal(InboundState.Refused, row.State);
        Assert.Equal(["DOS-0883"], lab.AnswersTo(code));
        Assert.Equal(0, await portal.City.InDbAsync(db => db.Dossiers.CountAsync(d => d.OwnerId == owner, Ct)));
    }

    [Fact]
    public async Task A_code_that_a_dossier_has_is_refused()
    {
        var (_, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        var id = await SubmittedAsync(portal.City.Citizen(Guid.CreateVersion7()));
        await portal.City.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Code, code), Ct));

        Assert.Equal((InboundState.Refused, "DOS-0883"), await StateAsync(lab.Filing(code, number)));
    }

    [Fact]
    public async Task A_file_that_comes_broken_is_fetched_again_and_after_so_many_times_a_defect()
    {
        var (_, number) = InboundFixture.Person();
        var (once, always) = (FilingsLab.NewCode(), FilingsLab.NewCode());
        lab.BrokenFiles = 1;
        var first = await portal.FiledAsync(lab.Filing(once, number));
        await portal.DueAsync(once);
        await portal.RoundAsync();
        var filing = lab.Filing(always, number);
        filing["TaiLieuNop"]![0]!["Sha256"] = new string('a', 64);
        await portal.FiledAsync(filing);
        await portal.DueAsync(always);
        await portal.RoundAsync();

        Assert.Equal((InboundState.Received, "brokenFile", 1), (first.State, first.Reason, first.BrokenFiles));
        Assert.Equal(InboundState.Filed, (await portal.RowAsync(once)).State);
        var given = await portal.RowAsync(always);
        Assert.Equal((InboundState.Failed, "DOS-0882", "TaiLieuNop[0]"), (given.State, given.Reason, given.Defects.Single().Field));
    }

    [Fact]
    public async Task A_file_that_does_not_end_is_given_up_after_its_time_and_fetched_again()
    {
        var (_, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        lab.StuckFiles = 1;
        var first = await portal.FiledAsync(lab.Filing(code, number));
        await portal.DueAsync(code);
        await portal.RoundAsync();

        Assert.Equal((InboundState.Received, "timeout"), (first.State, first.Reason));
        Assert.Equal(InboundState.Filed, (await portal.RowAsync(code)).State);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_told_all_at_once()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        var gone = lab.Paper(1, Samples.Pdf("gone"));
        lab.Lose((string)gone["TepDinhKemId"]!);
        filing["TaiLieuNop"] = new JsonArray(gone, lab.Paper(1, "MZ no document"u8.ToArray()),
            lab.Paper(1, Samples.Pdf("large", padding: 200_000)), lab.Paper(1, Samples.Pdf("good")));

        var row = await portal.FiledAsync(filing);

        Assert.Equal((InboundState.Failed, "DOS-0882"), (row.State, row.Reason));
        Assert.Equal(["TaiLieuNop[0]", "TaiLieuNop[1]", "TaiLieuNop[2]"], row.Defects.Select(d => d.Field));
    }

    [Fact]
    public async Task Files_without_a_component_an_id_or_a_sum_are_told_before_one_is_fetched()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        var (nowhere, nameless, unsure) = (lab.Paper(99, Samples.Pdf("1")), lab.Paper(1, Samples.Pdf("2")), lab.Paper(1, Samples.Pdf("3")));
        nameless["TepDinhKemId"] = null;
        unsure["Sha256"] = "zz";
        filing["TaiLieuNop"] = new JsonArray(nowhere, nameless, unsure, null);
        lab.BrokenFiles = 1;

        var row = await portal.FiledAsync(filing);

        Assert.Equal((InboundState.Failed, 4), (row.State, row.Defects.Count));
        Assert.Equal(1, lab.BrokenFiles);
        lab.BrokenFiles = 0;
    }

    [Fact]
    public async Task Active_content_in_a_file_is_found_as_with_uploads()
    {
        var (owner, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        filing["TaiLieuNop"] = new JsonArray(lab.Paper(1, Samples.PdfOf("BT ET", catalogue: "/OpenAction<</S/JavaScript/JS(app.alert(1))>>")));

        var row = await portal.FiledAsync(filing);

        Assert.Equal(InboundState.Failed, row.State);
        Assert.All(row.Defects, d => Assert.StartsWith("documents.", d.Field, StringComparison.Ordinal));
        Assert.Contains(row.Defects, d => d.En.Contains("JavaScript", StringComparison.Ordinal));
        Assert.Equal(0, await portal.DraftsOfAsync(owner));
    }

    [Fact]
    public async Task What_waits_is_measured()
    {
        var meters = portal.City.Factory.Services.GetRequiredService<IMeterFactory>();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name.StartsWith("portal.inbound", StringComparison.Ordinal))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => seen[$"{instrument.Name} {tags[0].Value}"] = value;
        listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Take(i, v, tags));
        listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Take(i, v, tags));
        listener.Start();
        await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), NumberSearch.NumberOf()));

        listener.RecordObservableInstruments();

        Assert.True(seen["portal.inbound_waiting waitingForAccount"] >= 1);
        Assert.True(seen["portal.inbound_oldest waitingForAccount"] >= 0);
        Assert.Equal(1, seen["portal.inbound_rounds done"]);
        Assert.Equal(1, seen["portal.inbound_ended waitingForAccount"]);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var options = new HaLong.Dossiers.NationalPortal.InboundOptions();
        Assert.Equal([10, 20, 40, 1800, 1800], new[] { 1, 2, 3, 9, 1000 }.Select(n => options.Pause(n).TotalSeconds));
        Assert.False(new HaLong.Dossiers.NationalPortal.InboundOptions { Interval = TimeSpan.Zero }.IsValid);
    }

    private async Task<(string, string?)> StateAsync(JsonObject filing)
    {
        var row = await portal.FiledAsync(filing);
        return (row.State, row.Reason);
    }
}
