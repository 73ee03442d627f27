using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.NationalPortal.Inbound;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What is filed on the national portal becomes a dossier here, under the portal's code, and once.</summary>
public sealed class InboundTests(InboundFixture portal) : IClassFixture<InboundFixture>
{
    private readonly FilingsLab lab = portal.Lab;

    [Fact]
    public async Task A_filing_becomes_a_dossier_under_its_code_with_its_papers_and_the_portal_is_told()
    {
        var (owner, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();

        var row = await portal.FiledAsync(lab.Filing(code, number, Free, papers: 2));

        Assert.Equal(("", InboundState.Filed), (string.Join("; ", row.Defects.Select(d => d.En)) + row.Reason, row.State));
        var dossier = (await portal.DossierAsync(code))!;
        Assert.Equal((row.DossierId, DossierStatus.Submitted, owner, "Nguyễn Thị Nộp"), (dossier.Id, dossier.Status, dossier.OwnerId, dossier.OwnerName));
        Assert.Equal((IntakeSource.Portal, "online", Unit, number[^4..], Roles.Citizen),
            (dossier.IntakeSource, dossier.Channel, dossier.UnitCode, dossier.OwnerCheck, dossier.SubmittedAs));
        Assert.Equal(("Cấp giấy chứng nhận lần đầu", 2), (dossier.Subject, dossier.FeeBasis!.Assurance));
        var papers = await portal.City.InDbAsync(db => db.Documents
            .Where(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.Component).OrderBy(d => d.Component).ToListAsync(Ct));
        Assert.Equal([(1, "Đơn 1.pdf"), (2, "Đơn 2.pdf")], papers.Select(p => (p.Component!.Value, p.FileName)));
        Assert.Equal(["0"], lab.AnswersTo(code));
        Assert.NotNull(row.AnsweredAt);
        Assert.Null(row.NextTryAt);
    }

    [Fact]
    public async Task The_owner_sees_it_has_its_receipt_and_anybody_with_the_code_can_track_it()
    {
        var (owner, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        var row = await portal.FiledAsync(lab.Filing(code, number));

        var seen = await ViewAsync(portal.City.Citizen(owner), row.DossierId!.Value);
        var receipt = await portal.City.InDbAsync(db => db.SubmissionReceipts.SingleAsync(r => r.DossierId == row.DossierId, Ct));
        using var anybody = portal.City.Factory.Client();
        var tracked = await GetAsync(anybody, $"/api/v1/tracking/{code}");
        var more = await GetAsync(anybody, $"/api/v1/tracking/{code}?check={number[^4..]}");

        Assert.Equal(code, seen.GetProperty("code").GetString());
        Assert.NotEmpty(receipt.Jws);
        Assert.Equal("SUBMITTED", tracked.GetProperty("status").GetString());
        Assert.Equal(Land, more.GetProperty("details").GetProperty("procedureCode").GetString());
    }

    [Fact]
    public async Task The_legal_clock_begins_when_reception_accepts()
    {
        var (_, number) = InboundFixture.Person();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number, Free, papers: 2));
        var before = await portal.City.InDbAsync(db => db.Dossiers.Where(d => d.Id == row.DossierId).Select(d => d.DueAt).SingleAsync(Ct));

        await BodyAsync(await PostAsync(portal.Reception(), row.DossierId!.Value, "acceptance"));

        Assert.Null(before);
        var after = await portal.City.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == row.DossierId, Ct));
        Assert.Equal(DossierStatus.Accepted, after.Status);
        Assert.NotNull(after.DueAt);
    }

    [Fact]
    public async Task The_agency_of_a_unit_leads_to_the_unit()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        filing["DonViXuLy"] = "H49.07";

        var row = await portal.FiledAsync(filing);

        Assert.Equal((InboundState.Filed, OtherUnit), (row.State, row.UnitCode));
    }

    [Fact]
    public async Task Filed_again_as_it_was_it_is_one_dossier_and_answered_again()
    {
        var (owner, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        var code = (string)filing["MaHoSo"]!;
        var first = await portal.FiledAsync(filing);

        var second = await portal.FiledAsync(filing);

        Assert.Equal((InboundState.Filed, first.DossierId), (second.State, second.DossierId));
        Assert.True(second.Number > first.Number);
        Assert.Equal(["0", "0"], lab.AnswersTo(code));
        Assert.Equal(1, await portal.City.InDbAsync(db => db.Dossiers.CountAsync(d => d.OwnerId == owner, Ct)));
    }

    [Fact]
    public async Task Changed_after_it_was_filed_it_stays_as_it_is_and_the_portal_is_told_why()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        var code = (string)filing["MaHoSo"]!;
        await portal.FiledAsync(filing);
        filing["TrichYeuHoSo"] = "Việc khác";

        var changed = await portal.FiledAsync(filing);
        var again = await portal.FiledAsync(filing);

        Assert.Equal((InboundState.Filed, InboundState.Filed), (changed.State, again.State));
        Assert.Equal(["0", "DOS-0884", "DOS-0884"], lab.AnswersTo(code));
        Assert.Equal("Cấp giấy chứng nhận lần đầu", (await portal.DossierAsync(code))!.Subject);
    }

    [Fact]
    public async Task Replicas_at_once_file_it_once()
    {
        var people = Enumerable.Range(0, 5).Select(_ => InboundFixture.Person()).ToList();
        var codes = people.ConvertAll(_ => FilingsLab.NewCode());
        foreach (var ((_, number), code) in people.Zip(codes))
            lab.Add(lab.Filing(code, number));

        var rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(portal.RoundAsync)));

        Assert.Contains(true, rounds);
        Assert.All(codes, code => Assert.Equal(["0"], lab.AnswersTo(code)));
        Assert.Equal(5, await portal.City.InDbAsync(db => db.Dossiers.CountAsync(d => codes.Contains(d.Code!), Ct)));
    }

    [Fact]
    public async Task A_draft_that_a_crash_left_is_removed_and_the_filing_filed_by_the_next_attempt()
    {
        var (owner, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        portal.City.Neighbours.IdentityDown = true;
        await portal.FiledAsync(lab.Filing(code, number));
        portal.City.Neighbours.IdentityDown = false;
        var left = (await OpenAsync(portal.City.Citizen(owner, number[^4..]))).GetProperty("id").GetGuid();
        await portal.City.InDbAsync(db => db.Database.ExecuteSqlAsync(
            $"UPDATE portal.inbound SET dossier_id = {left}, next_try_at = now() WHERE code = {code}", Ct));

        await portal.RoundAsync();

        var row = await portal.RowAsync(code);
        Assert.Equal(InboundState.Filed, row.State);
        Assert.NotEqual(left, row.DossierId);
        Assert.Equal(0, await portal.DraftsOfAsync(owner));
    }

    [Fact]
    public async Task When_the_submission_breaks_off_nothing_of_it_is_left_and_the_next_attempt_files_it()
    {
        var (owner, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        await portal.City.InDbAsync(db => db.Database.ExecuteSqlRawAsync("""
            CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$;
            CREATE TRIGGER break_off BEFORE UPDATE ON portal.inbound FOR EACH ROW WHEN (NEW.state = 'filed') EXECUTE FUNCTION break_off();
            """, Ct));
        var broken = await portal.FiledAsync(lab.Filing(code, number));
        var (drafts, early) = (await portal.DraftsOfAsync(owner), await portal.DossierAsync(code));
        await portal.City.InDbAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER break_off ON portal.inbound; DROP FUNCTION break_off()", Ct));

        await portal.DueAsync(code);
        await portal.RoundAsync();

        Assert.Equal((InboundState.Received, "DbUpdateException", 1), (broken.State, broken.Reason, broken.Attempts));
        Assert.Equal(1, drafts);
        Assert.Null(early);
        var row = await portal.RowAsync(code);
        Assert.Equal(InboundState.Filed, row.State);
        Assert.NotEqual(broken.DossierId, row.DossierId);
        Assert.Equal(0, await portal.DraftsOfAsync(owner));
        Assert.Equal(["0"], lab.AnswersTo(code));
    }

    [Fact]
    public async Task When_the_answer_is_lost_on_its_way_it_is_given_again_and_nothing_is_filed_twice()
    {
        var (owner, number) = InboundFixture.Person();
        var code = FilingsLab.NewCode();
        lab.LostAnswers = 1;
        var row = await portal.FiledAsync(lab.Filing(code, number));
        var (state, answered, attempts) = (row.State, row.AnsweredAt, row.Attempts);

        await portal.DueAsync(code);
        await portal.RoundAsync();

        Assert.Equal((InboundState.Filed, (DateTimeOffset?)null, 1), (state, answered, attempts));
        Assert.NotNull((await portal.RowAsync(code)).AnsweredAt);
        Assert.Equal(["0", "0"], lab.AnswersTo(code));
        Assert.Equal(1, await portal.City.InDbAsync(db => db.Dossiers.CountAsync(d => d.OwnerId == owner, Ct)));
    }

    [Fact]
    public async Task What_it_says_of_where_files_lie_is_never_called_and_nothing_personal_is_kept()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        Assert.Equal("http://169.254.169.254/", (string?)filing["TaiLieuNop"]![0]!["DuongDanTaiTepTin"]);

        var row = await portal.FiledAsync(filing);

        Assert.Equal(InboundState.Filed, row.State);
        var kept = await portal.City.InDbAsync(db => db.Database.SqlQuery<string>(
            $"SELECT to_jsonb(i)::text AS \"Value\" FROM portal.inbound i WHERE code = {row.Code}").SingleAsync(Ct));
        Assert.DoesNotContain(number, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyễn", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"1\"", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public void Signed_in_with_VNeID_is_written_in_several_ways(string json, bool expected)
    {
        var item = new JsonObject { ["So"] = 1, ["TaiKhoanDuocXacThucVoiVNeID"] = JsonNode.Parse(json) };
        var content = PortalFiling.Of(System.Text.Json.JsonSerializer.SerializeToElement(item))!.Content()!;
        Assert.Equal(expected, content.IsVerified);
    }

    [Fact]
    public void The_number_is_no_part_of_the_content_and_the_order_of_fields_neither()
    {
        static string HashOf(string json) => PortalFiling.Of(System.Text.Json.JsonElement.Parse(json))!.Hash;
        Assert.Equal(HashOf("""{"So":1,"MaHoSo":"a","MaTTHC":"b"}"""), HashOf("""{"MaTTHC":"b","So":2,"MaHoSo":"a"}"""));
        Assert.NotEqual(HashOf("""{"So":1,"MaHoSo":"a"}"""), HashOf("""{"So":1,"MaHoSo":"b"}"""));
    }
}
