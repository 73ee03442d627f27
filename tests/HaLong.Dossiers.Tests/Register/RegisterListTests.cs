using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>The register as JSON and PDF.</summary>
public sealed class RegisterListTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Rows_say_what_the_form_asks_for_and_follow_the_dossier()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var unit = Registers.NewUnit();
        var client = register.Citizen();
        var id = (await OpenWithContactAsync(client, unit)).GetProperty("id").GetGuid();
        foreach (var component in new[] { 1, 2 })
            (await UploadAsync(client, id, component, Samples.Pdf($"{id} {component}"))).EnsureSuccessStatusCode();
        await BodyAsync(await PostAsync(client, id, "submission"));
        await BodyAsync(await PostAsync(register.Official(Roles.Reception, unit), id, "acceptance"));
        var withdrawn = await register.AcceptedAsync(unit, client);
        await BodyAsync(await PostAsync(client, withdrawn, "withdrawal", new { reason = "Không cần nữa" }));
        await register.EnterAsync();

        var chief = register.Official(Roles.Chief, unit);
        var rows = (await GetAsync(chief, Registers.Path)).GetProperty("items");
        Assert.Equal(2, rows.GetArrayLength());
        var (row, view) = (rows[0], await ViewAsync(client, id));
        Assert.Equal((1, 1, id, 1), (row.GetProperty("number").GetInt32(), row.GetProperty("book").GetInt32(), row.GetProperty("dossierId").GetGuid(), row.GetProperty("sets").GetInt32()));
        Assert.Equal(
            (view.GetProperty("code").GetString(), Free, "Tổ 5, khu 2", "0912345678", "Phường " + unit, "Người Thử", "ACCEPTED"),
            (Text("code"), Text("procedureCode"), Text("address"), Text("phone"), Text("agency"), Text("owner"), Text("status")));
        Assert.Equal(view.GetProperty("dueAt").GetDateTimeOffset(), row.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (row.GetProperty("resolvedAt").ValueKind, row.GetProperty("returnedAt").ValueKind));
        Assert.Equal(("Người nộp rút hồ sơ", JsonValueKind.Null), (rows[1].GetProperty("note").GetString(), rows[1].GetProperty("address").ValueKind));

        string? Text(string name) => row.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended_and_periods_hold_both_their_days()
    {
        await using var register = await Registers.StartAsync(dossiers, at: LocalTime.Instant(new DateOnly(2026, 12, 7), new TimeOnly(9, 0)));
        var unit = Registers.NewUnit();
        for (var day = 7; day <= 9; day++)
        {
            register.Clock.Set(LocalTime.Instant(new DateOnly(2026, 12, day), new TimeOnly(day == 7 ? 0 : 23, 30)));
            await register.AcceptedAsync(unit);
        }
        await register.EnterAsync();
        var leader = register.Official(Roles.Leader, unit);
        var page = await GetAsync(leader, $"{Registers.Path}?year=2026&limit=2");
        Assert.Equal([1, 2], Numbers(page));
        var rest = await GetAsync(leader, $"{Registers.Path}?year=2026&limit=2&after={page.GetProperty("after").GetString()}");
        Assert.Equal([3], Numbers(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("after").ValueKind);
        Assert.Equal([1, 2], Numbers(await GetAsync(leader, $"{Registers.Path}?from=2026-12-07&to=2026-12-08&unit={unit}")));
        Assert.Equal([2, 3], Numbers(await GetAsync(leader, $"{Registers.Path}?from=2026-12-08")));
        Assert.Empty(Numbers(await GetAsync(leader, $"{Registers.Path}?year=2025")));

        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?year=2017", Ct), 400, "DOS-0627");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?year=99999", Ct), 400, "DOS-0627");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?from=2026-12-09&to=2026-12-08", Ct), 400, "DOS-0627");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?to=9999-12-31", Ct), 400, "DOS-0627");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?limit=0", Ct), 400, "CMN-0400");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?after=x", Ct), 400, "CMN-0400");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}?after={Cursor.Encode("x")}", Ct), 400, "CMN-0400");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}.pdf?year=2017", Ct), 400, "DOS-0627");
        await RefusedAsync(await leader.GetAsync($"{Registers.Path}/2017/books", Ct), 400, "DOS-0627");
    }

    [Fact]
    public async Task Only_chief_approver_and_leader_of_the_unit_read_its_register()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        var year = LocalTime.Date(register.Clock.GetUtcNow()).Year;
        string[] paths = ["", ".xlsx", ".pdf", $"/{year}/books", $"/{year}/books/1", $"/{year}/books/1/pdf"];
        foreach (var path in paths)
        {
            foreach (var role in new[] { Roles.Reception, Roles.Officer, Roles.Cashier, Roles.Auditor, Roles.Administrator })
                await RefusedAsync(await register.Official(role, unit).GetAsync(Registers.Path + path, Ct), 403, "CMN-0403");
            Assert.Equal(HttpStatusCode.Forbidden, (await register.Citizen().GetAsync(Registers.Path + path, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await register.Service.Client().GetAsync(Registers.Path + path, Ct)).StatusCode);
            await RefusedAsync(await register.Official(Roles.Chief, Registers.NewUnit()).GetAsync($"{Registers.Path}{path}?unit={unit}", Ct), 404, "DOS-0622");
            await RefusedAsync(await register.Official(Roles.Chief, null).GetAsync(Registers.Path + path, Ct), 403, "DOS-0511");
        }
        foreach (var role in new[] { Roles.Chief, Roles.Approver, Roles.Leader })
            Assert.Single(Numbers(await GetAsync(register.Official(role, unit), Registers.Path)));
        await RefusedAsync(await register.Official(Roles.Chief, unit).GetAsync($"{Registers.Path}/{year}/books/2", Ct), 404, "DOS-0622");
        await RefusedAsync(await register.Official(Roles.Chief, unit).GetAsync($"{Registers.Path}/{year}/books/1/pdf", Ct), 409, "DOS-0626");
        Assert.Equal("OPEN", Assert.Single((await GetAsync(register.Official(Roles.Leader, unit), $"{Registers.Path}/{year}/books")).EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Owners_can_see_that_they_were_read_about_also_in_a_file()
    {
        await using var register = await Registers.StartAsync(dossiers);
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(register.Service.Broker));
        var (unit, owner, reader) = (Registers.NewUnit(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await register.AcceptedAsync(unit, register.Service.Client(dossiers.Identity.Token(owner, [Roles.Citizen])));
        await register.EnterAsync();
        var chief = register.Official(Roles.Chief, unit, reader);
        foreach (var path in new[] { "", ".xlsx", ".pdf" })
            await chief.GetByteArrayAsync(Registers.Path + path, Ct);
        await Eventually.Async(
            () => Task.FromResult(reads.Heard.Count(r => r.ActorId == reader && r.What == "register" && r.SubjectIds.SequenceEqual([owner])) == 3), "three reads are told");
    }

    [Fact]
    public async Task The_pdf_is_a4_across_with_numbered_pages_and_every_row()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var unit = Registers.NewUnit();
        var like = await register.AcceptedAsync(unit);
        await register.BulkAsync(like, 60);
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await register.EnterAsync();
        var chief = register.Official(Roles.Chief, unit);
        using var request = new HttpRequestMessage(HttpMethod.Get, Registers.Path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/pdf"));
        using var answer = await chief.SendAsync(request, Ct);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
        var pdf = await answer.Content.ReadAsByteArrayAsync(Ct);
        var info = await PdfTools.RunAsync("pdfinfo", pdf);
        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(info, @"Page size:\s+84[12][\d.]* x 595[\d.]* pts"), info);
        var text = await PdfTools.RunAsync("pdftotext", pdf, "-enc", "UTF-8");
        var pages = text.Split('\f').Length - 1;
        Assert.True(pages > 2, text);
        for (var page = 1; page <= pages; page++)
            Assert.Contains($"Trang {page}/{pages}", text.Split('\f')[page - 1], StringComparison.Ordinal);
        Assert.Contains("SỔ THEO DÕI HỒ SƠ", text, StringComparison.Ordinal);
        Assert.Contains("Mẫu số 07", text, StringComparison.Ordinal);
        Assert.Contains("Bản trích", text, StringComparison.Ordinal);
        // Codes break at the edge of their column.
        Assert.Equal(60, text.Replace("\n", "", StringComparison.Ordinal).Split("BULK-").Length - 1);
    }

    [Fact]
    public async Task A_pdf_that_would_be_too_long_is_refused_and_the_spreadsheet_is_not()
    {
        await using var register = await Registers.StartAsync(dossiers, settings: ("Register:MostPdfRows", "1"));
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        var chief = register.Official(Roles.Chief, unit);
        await register.EnterAsync();
        (await chief.GetAsync($"{Registers.Path}.pdf", Ct)).EnsureSuccessStatusCode();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        await RefusedAsync(await chief.GetAsync($"{Registers.Path}.pdf", Ct), 400, "DOS-0628");
        (await chief.GetAsync($"{Registers.Path}.xlsx", Ct)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await chief.GetAsync($"{Registers.Path}.csv", Ct)).StatusCode);
    }

    private static IEnumerable<int> Numbers(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("number").GetInt32());

    private static async Task<JsonElement> OpenWithContactAsync(HttpClient client, string unit)
    {
        var body = new { procedureCode = Free, unitCode = unit, subject = "Xác nhận", data = new { address = "Tổ 5, khu 2", phone = "0912345678", no = Guid.CreateVersion7() } };
        return await BodyAsync(await client.PostAsync("/api/v1/dossiers", System.Net.Http.Json.JsonContent.Create(body), Ct), HttpStatusCode.Created);
    }
}
