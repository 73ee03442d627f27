using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.NationalPortal.Inbound;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>Filings whose owner nobody knows wait, and reception says whose they are.</summary>
public sealed class InboundDeskTests(InboundFixture portal) : IClassFixture<InboundFixture>
{
    private const string List = "/api/v1/admin/portal/inbound";
    private readonly FilingsLab lab = portal.Lab;

    [Fact]
    public async Task Without_an_account_it_waits_unanswered_and_reception_sees_it_without_personal_data()
    {
        var row = await WaitingAsync();

        var listed = (await portal.ListAsync("?state=waitingForAccount&limit=100"))
            .GetProperty("items").EnumerateArray().Single(f => f.GetProperty("code").GetString() == row.Code);
        Assert.Equal((InboundState.WaitingForAccount, "DOS-0878", Unit), (row.State, row.Reason, row.UnitCode));
        Assert.Empty(lab.AnswersTo(row.Code));
        Assert.Equal((Unit, Land), (listed.GetProperty("unitCode").GetString(), listed.GetProperty("procedureCode").GetString()));
        Assert.DoesNotContain("Nguyễn", listed.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_it_is_can_be_read_with_the_end_of_the_number_only()
    {
        var number = NumberSearch.NumberOf();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number));

        var view = await GetAsync(portal.Reception(), $"{List}/{row.Code}");

        var applicant = view.GetProperty("applicant");
        Assert.Equal(("Nguyễn Thị Nộp", number[^4..], true),
            (applicant.GetProperty("name").GetString(), applicant.GetProperty("numberEnd").GetString(), applicant.GetProperty("verified").GetBoolean()));
        Assert.DoesNotContain(number, view.GetRawText(), StringComparison.Ordinal);
        lab.Down = true;
        using var away = await portal.Reception().GetAsync(new Uri($"{List}/{row.Code}", UriKind.Relative), Ct);
        lab.Down = false;
        await RefusedAsync(away, 503, "DOS-0860");
    }

    [Fact]
    public async Task Once_it_is_filed_the_applicant_is_the_dossiers_to_tell()
    {
        var (_, number) = InboundFixture.Person();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number));
        var view = await GetAsync(portal.Reception(), $"{List}/{row.Code}");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, view.GetProperty("applicant").ValueKind);
        Assert.Equal(row.DossierId, view.GetProperty("filing").GetProperty("dossierId").GetGuid());
    }

    [Fact]
    public async Task Who_did_not_sign_in_with_VNeID_is_not_taken_for_the_owner_of_the_number()
    {
        var (_, number) = InboundFixture.Person();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        filing["TaiKhoanDuocXacThucVoiVNeID"] = false;
        Assert.Equal(InboundState.WaitingForAccount, (await portal.FiledAsync(filing)).State);
    }

    [Fact]
    public async Task As_soon_as_there_is_an_account_it_is_filed_by_itself()
    {
        var number = NumberSearch.NumberOf();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number));
        var owner = Guid.CreateVersion7();
        OwnerSearch.Verified[number] = (owner, "Nguyễn Thị Nộp");

        await portal.DueAsync(row.Code);
        await portal.RoundAsync();

        Assert.Equal(owner, (await portal.DossierAsync(row.Code))!.OwnerId);
        Assert.Equal(["0"], lab.AnswersTo(row.Code));
    }

    [Fact]
    public async Task Reception_says_whose_it_is_and_it_is_filed()
    {
        var (owner, number) = Unverified();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number));
        var official = Guid.CreateVersion7();
        using var reception = portal.City.Official(Roles.Reception, id: official);

        var bound = await BodyAsync(await BindAsync(reception, row.Code, null));
        await portal.RoundAsync();

        Assert.Equal(InboundState.Received, bound.GetProperty("state").GetString());
        var filed = await portal.RowAsync(row.Code);
        Assert.Equal((InboundState.Filed, owner, official), (filed.State, filed.OwnerId!.Value, filed.BoundBy!.Value));
        Assert.Equal(owner, (await portal.DossierAsync(row.Code))!.OwnerId);
        using var again = await BindAsync(reception, row.Code, owner);
        await RefusedAsync(again, 409, "DOS-0877");
    }

    [Fact]
    public async Task Asked_twice_with_one_key_it_is_one_answer()
    {
        var (_, number) = Unverified();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number));
        using var reception = portal.Reception();
        var key = Guid.CreateVersion7().ToString();

        var first = await BodyAsync(await BindAsync(reception, row.Code, null, key));
        var second = await BodyAsync(await BindAsync(reception, row.Code, null, key));

        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task The_account_of_somebody_else_nobodys_and_one_of_several_are_refused()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        portal.City.Neighbours.People[other.ToString()] = "Người Khác";
        portal.City.Neighbours.People[one.ToString()] = "Nguyễn Thị Nộp";
        var several = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), NumberSearch.NumberOf(one, Guid.CreateVersion7())));
        var nobodys = await WaitingAsync();
        using var reception = portal.Reception();

        await RefusedAsync(await BindAsync(reception, several.Code, null), 400, "DOS-0879");
        await RefusedAsync(await BindAsync(reception, several.Code, other), 409, "DOS-0880");
        await RefusedAsync(await BindAsync(reception, nobodys.Code, null), 400, "DOS-0878");
        await BodyAsync(await BindAsync(reception, several.Code, one));
        await BodyAsync(await BindAsync(reception, nobodys.Code, other));
    }

    [Fact]
    public async Task An_organisation_is_named_by_reception()
    {
        var organisation = Guid.CreateVersion7();
        portal.City.Neighbours.People[organisation.ToString()] = "Công ty Thử";
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), "5700101234"));
        using var reception = portal.Reception();

        await RefusedAsync(await BindAsync(reception, row.Code, null), 400, "DOS-0879");
        await BodyAsync(await BindAsync(reception, row.Code, organisation));
        await portal.RoundAsync();

        var dossier = (await portal.DossierAsync(row.Code))!;
        Assert.Equal((organisation, "Công ty Thử", (string?)null, 1), (dossier.OwnerId, dossier.OwnerName, dossier.OwnerCheck, dossier.FeeBasis!.Assurance));
    }

    [Fact]
    public async Task Changed_on_the_portal_it_is_no_longer_bound_to_whom_it_was()
    {
        var (_, number) = Unverified();
        var filing = lab.Filing(FilingsLab.NewCode(), number);
        var row = await portal.FiledAsync(filing);
        using var reception = portal.Reception();
        await BodyAsync(await BindAsync(reception, row.Code, null));
        filing["DinhDanhCHS"]!["SoDinhDanh"] = NumberSearch.NumberOf();

        var changed = await portal.FiledAsync(filing);

        Assert.Equal((InboundState.WaitingForAccount, (Guid?)null), (changed.State, changed.OwnerId));
        Assert.Null(await portal.DossierAsync(row.Code));
    }

    [Fact]
    public async Task Nobody_but_reception_and_of_its_unit_sees_or_changes_it()
    {
        var row = await WaitingAsync();
        foreach (var client in new[] { portal.City.Official(Roles.Officer), portal.City.Citizen(), portal.City.Official(Roles.Administrator) })
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(List, UriKind.Relative), Ct)).StatusCode);
        using var nobody = portal.City.Factory.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(new Uri(List, UriKind.Relative), Ct)).StatusCode);
        using var elsewhere = portal.Reception(OtherUnit);

        await RefusedAsync(await elsewhere.GetAsync(new Uri($"{List}/{row.Code}", UriKind.Relative), Ct), 404, "DOS-0875");
        await RefusedAsync(await BindAsync(elsewhere, row.Code, Guid.CreateVersion7()), 404, "DOS-0875");
        await RefusedAsync(await elsewhere.PostAsync(new Uri($"{List}/{row.Code}/attempt", UriKind.Relative), null, Ct), 404, "DOS-0875");
        await RefusedAsync(await elsewhere.GetAsync(new Uri($"{List}/G22.99-261201-999999", UriKind.Relative), Ct), 404, "DOS-0875");
    }

    [Fact]
    public async Task The_list_has_pages_and_one_whose_unit_is_unknown_is_shown_to_every_reception()
    {
        const string Somewhere = "06649";
        var (_, number) = InboundFixture.Person();
        var lost = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var filing = lab.Filing(FilingsLab.NewCode(), number);
            filing["DonViXuLy"] = "nowhere";
            lost.Add((await portal.FiledAsync(filing)).Code);
        }

        var seen = new List<string>();
        for (var after = ""; ;)
        {
            var page = await portal.ListAsync($"?state=failed&limit=2{after}", Somewhere);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("code").GetString()!));
            if (page.GetProperty("after").GetString() is not { } next)
                break;
            after = $"&after={next}";
        }

        Assert.Equal(lost, seen.Intersect(lost));
        Assert.Equal(seen.Count, seen.Distinct().Count());
        using var reception = portal.Reception();
        await RefusedAsync(await reception.GetAsync(new Uri($"{List}?state=lost", UriKind.Relative), Ct), 400, "DOS-0876");
        Assert.Equal(HttpStatusCode.BadRequest, (await reception.GetAsync(new Uri($"{List}?after=x", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await reception.GetAsync(new Uri($"{List}?limit=0", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task Tried_again_when_the_cause_is_mended_and_not_when_it_is_filed()
    {
        var (_, number) = InboundFixture.Person();
        var row = await portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), number, Free, papers: 1));
        using var reception = portal.Reception();
        var path = new Uri($"{List}/{row.Code}/attempt", UriKind.Relative);

        var view = await BodyAsync(await reception.PostAsync(path, null, Ct));
        await portal.RoundAsync();
        var failedAgain = await portal.RowAsync(row.Code);
        await portal.FiledAsync(lab.Filing(row.Code, number, Free, papers: 2));

        Assert.Equal((InboundState.Failed, "received", InboundState.Failed), (row.State, view.GetProperty("state").GetString(), failedAgain.State));
        Assert.Equal(["DOS-0007", "DOS-0007", "0"], lab.AnswersTo(row.Code));
        await RefusedAsync(await reception.PostAsync(path, null, Ct), 409, "DOS-0877");
    }

    private Task<InboundFiling> WaitingAsync() => portal.FiledAsync(lab.Filing(FilingsLab.NewCode(), NumberSearch.NumberOf()));

    /// <summary>Somebody with an account that is not verified: only officials find it.</summary>
    private (Guid Id, string Number) Unverified()
    {
        var id = Guid.CreateVersion7();
        portal.City.Neighbours.People[id.ToString()] = "Nguyễn Thị Nộp";
        return (id, NumberSearch.NumberOf(id));
    }

    private static Task<HttpResponseMessage> BindAsync(HttpClient client, string code, Guid? account, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{List}/{code}/owner") { Content = JsonContent.Create(new { accountId = account }) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }
}
