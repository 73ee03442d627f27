using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Tests.Verification;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>Closing books.</summary>
public sealed class BookTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateTimeOffset December = LocalTime.Instant(new DateOnly(2026, 12, 30), new TimeOnly(9, 0));
    private static readonly DateTimeOffset NewYear = LocalTime.Instant(new DateOnly(2027, 1, 2), new TimeOnly(9, 0));

    [Fact]
    public async Task A_book_is_closed_once_the_year_is_over_written_sealed_and_verifiable()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December);
        var unit = Registers.NewUnit();
        var client = register.Citizen();
        var codes = new List<string>();
        foreach (var id in new[] { await register.AcceptedAsync(unit, client), await register.AcceptedAsync(unit, client) })
            codes.Add((await ViewAsync(client, id)).GetProperty("code").GetString()!);
        await register.EnterAsync();
        var who = Guid.CreateVersion7();
        var chief = register.Official(Roles.Chief, unit, who);
        await RefusedAsync(await Registers.CloseAsync(chief, 2026), 409, "DOS-0623");
        register.Clock.Set(NewYear);
        var closed = await BodyAsync(await Registers.CloseAsync(chief, 2026));
        Assert.Equal(($"{unit}-2026-01", "SEALING", 1, 2), (closed.GetProperty("code").GetString(), closed.GetProperty("state").GetString(), closed.GetProperty("first").GetInt32(), closed.GetProperty("last").GetInt32()));

        var book = await Registers.SealedAsync(chief, 2026, 1);
        using var answer = await chief.GetAsync($"{Registers.Path}/2026/books/1/pdf", Ct);
        var pdf = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal((PaperDesk.Sha256(pdf), pdf.Length, "Test"), (book.GetProperty("sha256").GetString(), book.GetProperty("size").GetInt32(), book.GetProperty("signedBy").GetString()));
        Assert.Equal($"\"{PaperDesk.Sha256(pdf)}\"", answer.Headers.ETag?.Tag);
        var stored = await register.InDbAsync(db => db.RegisterBooks.SingleAsync(b => b.UnitCode == unit, Ct));
        var request = dossiers.Neighbours.SignRequests.Single(r => r.DocumentId == stored.Id.ToString());
        Assert.Equal((unit, who.ToString()), (request.UnitCode, request.SignerId));

        var text = (await PdfTools.RunAsync("pdftotext", pdf, "-enc", "UTF-8")).Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains("Năm 2026 – Quyển số 01", text, StringComparison.Ordinal);
        Assert.Contains("có 2 hồ sơ, từ số 01 đến số 02", text, StringComparison.Ordinal);
        Assert.Contains("Trang 1/1", text, StringComparison.Ordinal);
        foreach (var code in codes)
            Assert.Contains(code, text, StringComparison.Ordinal);

        // The book is a paper like any: by its token, by its file, by its QR code.
        var paper = await GetAsync(register.Service.Client(), $"{PaperDesk.Path}/{stored.Id:N}");
        Assert.Equal(("VALID", "REGISTER", $"{unit}-2026-01", "Phường " + unit), (Word(paper, "status"), Word(paper, "kind"), Word(paper, "code"), Word(paper, "unitNameVi")));
        Assert.True((await BodyAsync(await PaperDesk.PostFileAsync(register.Service.Client(), pdf))).GetProperty("fileIssued").GetBoolean());
        var stated = new StatedBook(stored.Code, unit, 2026, 1, 2, stored.ClosedByName!, codes);
        var keys = (await GetAsync(register.Service.Client(), "/api/v1/verification-keys")).GetRawText();
        var (exit, output) = await PaperDesk.ReadAsync(dossiers, pdf, stated, keys: keys);
        Assert.True(exit == 0, output);
        Assert.Contains("\"REGISTER\"", output, StringComparison.Ordinal);
        Assert.Equal(1, (await PaperDesk.ReadAsync(dossiers, pdf, stated with { Codes = [codes[0]] }, keys: keys)).Exit);
    }

    [Fact]
    public async Task A_full_book_is_closed_early_and_numbers_go_on_in_the_next_one()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        var approver = register.Official(Roles.Approver, unit);
        await BodyAsync(await Registers.CloseAsync(approver, 2026, new { full = true }));
        await RefusedAsync(await Registers.CloseAsync(approver, 2026, new { full = true }), 409, "DOS-0625");
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        var books = (await GetAsync(approver, $"{Registers.Path}/2026/books")).EnumerateArray().ToList();
        Assert.Equal([(1, 1, 2), (2, 3, 3)], books.Select(b => (b.GetProperty("number").GetInt32(), b.GetProperty("first").GetInt32(), b.GetProperty("last").GetInt32())));
        register.Clock.Set(NewYear);
        await BodyAsync(await Registers.CloseAsync(approver, 2026));
        await Registers.SealedAsync(approver, 2026, 2);
        var pdf = await approver.GetByteArrayAsync($"{Registers.Path}/2026/books/2/pdf", Ct);
        Assert.Contains("có 1 hồ sơ, từ số 03 đến số 03", (await PdfTools.RunAsync("pdftotext", pdf, "-enc", "UTF-8")).Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([(1, 1), (2, 1), (3, 2)], (await GetAsync(approver, $"{Registers.Path}?year=2026")).GetProperty("items").EnumerateArray()
            .Select(r => (r.GetProperty("number").GetInt32(), r.GetProperty("book").GetInt32())));
    }

    [Fact]
    public async Task A_book_in_which_a_dossier_is_missing_stays_open()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December);
        var unit = Registers.NewUnit();
        var chief = register.Official(Roles.Chief, unit);
        await register.AcceptedAsync(unit);
        register.Clock.Set(NewYear);
        // Not even the book is there yet.
        using (var missing = await Registers.CloseAsync(chief, 2026))
        {
            await RefusedAsync(missing, 409, "DOS-0624");
            Assert.NotNull(missing.Headers.RetryAfter);
        }
        await register.EnterAsync();
        register.Clock.Set(December.AddHours(1));
        await register.AcceptedAsync(unit);
        register.Clock.Set(NewYear);
        await RefusedAsync(await Registers.CloseAsync(chief, 2026), 409, "DOS-0624");
        await register.EnterAsync();
        // What was accepted in the new year does not hold up the old one.
        await register.AcceptedAsync(unit);
        await BodyAsync(await Registers.CloseAsync(chief, 2026));
    }

    [Fact]
    public async Task Only_chief_and_approver_close_only_their_own_only_what_is_there_only_what_they_saw()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        register.Clock.Set(NewYear);
        foreach (var role in new[] { Roles.Leader, Roles.Reception, Roles.Officer, Roles.Administrator })
            await RefusedAsync(await Registers.CloseAsync(register.Official(role, unit), 2026), 403, "CMN-0403");
        Assert.Equal(HttpStatusCode.Forbidden, (await Registers.CloseAsync(register.Citizen(), 2026)).StatusCode);
        var other = register.Official(Roles.Chief, Registers.NewUnit());
        await RefusedAsync(await Registers.CloseAsync(other, 2026, new { unit }), 404, "DOS-0622");
        await RefusedAsync(await Registers.CloseAsync(other, 2026), 404, "DOS-0622");
        await RefusedAsync(await Registers.CloseAsync(register.Official(Roles.Chief, null), 2026), 403, "DOS-0511");
        var chief = register.Official(Roles.Chief, unit);
        await RefusedAsync(await Registers.CloseAsync(chief, 2025), 404, "DOS-0622");
        await RefusedAsync(await Registers.CloseAsync(chief, 99999), 404, "DOS-0622");

        using var seen = await chief.GetAsync($"{Registers.Path}/2026/books/1", Ct);
        await RefusedAsync(await Registers.CloseAsync(chief, 2026, ifMatch: "\"1\""), 412, "CMN-0412");
        await BodyAsync(await Registers.CloseAsync(chief, 2026, ifMatch: seen.Headers.ETag!.Tag));
    }

    [Fact]
    public async Task Of_many_who_close_at_once_one_does_and_who_repeats_gets_the_first_answer()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        register.Clock.Set(NewYear);
        var chief = register.Official(Roles.Chief, unit, Guid.CreateVersion7());
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Registers.CloseAsync(chief, 2026, key: $"close-{unit}-{i}")));
        var (won, index) = answers.Select((a, i) => (a, i)).Single(a => a.a.StatusCode == HttpStatusCode.OK);
        foreach (var lost in answers.Where(a => a != won))
            await RefusedAsync(lost, 409, "DOS-0625");
        using var again = await Registers.CloseAsync(chief, 2026, key: $"close-{unit}-{index}");
        Assert.Equal(await won.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        await Registers.SealedAsync(chief, 2026, 1);
        var id = await register.InDbAsync(db => db.RegisterBooks.Where(b => b.UnitCode == unit).Select(b => b.Id).SingleAsync(Ct));
        Assert.Single(dossiers.Neighbours.Answers[id.ToString()]);
    }

    [Fact]
    public async Task While_e_signature_is_down_a_closed_book_waits_visibly_and_every_attempt_seals_the_same_bytes()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        register.Clock.Set(NewYear);
        var chief = register.Official(Roles.Chief, unit);
        Guid id;
        dossiers.Neighbours.SignatureDown = true;
        try
        {
            await BodyAsync(await Registers.CloseAsync(chief, 2026));
            var waiting = await Eventually.ValueAsync(
                () => GetAsync(chief, $"{Registers.Path}/2026/books/1"), b => b.GetProperty("sealingAttempts").GetInt32() >= 2, "two attempts failed");
            Assert.Equal("SEALING", waiting.GetProperty("state").GetString());
            await RefusedAsync(await chief.GetAsync($"{Registers.Path}/2026/books/1/pdf", Ct), 409, "DOS-0626");
            id = await register.InDbAsync(db => db.RegisterBooks.Where(b => b.UnitCode == unit).Select(b => b.Id).SingleAsync(Ct));
            await PaperDesk.NotFoundAsync(register.Service.Client(), id.ToString("N"));
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        await Registers.SealedAsync(chief, 2026, 1);
        var attempts = dossiers.Neighbours.SignRequests.Where(r => r.DocumentId == id.ToString()).ToList();
        Assert.True(attempts.Count >= 3);
        Assert.Single(attempts.Select(r => PaperDesk.Sha256(r.Pdf.ToByteArray())).Distinct());
        // Told again, nothing happens again.
        await register.Service.PublishAsync(new BookWritingDue(id, 1));
        await register.Service.PublishAsync(new BookSealingDue(id, 1));
        var answers = dossiers.Neighbours.Answers[id.ToString()].Count;
        await register.AcceptedAsync(unit);
        Assert.Equal(answers, dossiers.Neighbours.Answers[id.ToString()].Count);
    }

    [Fact]
    public async Task Without_a_key_a_closed_book_waits_to_be_written_and_the_sweep_of_files_leaves_books_alone()
    {
        await using var register = await Registers.StartAsync(dossiers, at: December, settings: [("Keys:PollInterval", "1.00:00:00"), ("Files:OrphanAge", "00:00:00")]);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        register.Clock.Set(NewYear);
        var chief = register.Official(Roles.Chief, unit);
        await KeysAsync(SealedKeys.Create("somebody else's password", NewYear, NewYear));
        await BodyAsync(await Registers.CloseAsync(chief, 2026));
        await Eventually.ValueAsync(() => GetAsync(chief, $"{Registers.Path}/2026/books/1"), b => b.GetProperty("sealingAttempts").GetInt32() >= 1, "the writing failed");
        await KeysAsync(null);
        var book = await Registers.SealedAsync(chief, 2026, 1);

        register.Clock.Set(NewYear.AddDays(3));
        await register.Service.Services.GetRequiredService<FileSweep>().SweepAsync(Ct);
        var pdf = await chief.GetByteArrayAsync($"{Registers.Path}/2026/books/1/pdf", Ct);
        Assert.Equal(book.GetProperty("sha256").GetString(), PaperDesk.Sha256(pdf));
        var unsigned = await register.InDbAsync(db => db.RegisterBooks.Where(b => b.UnitCode == unit).Select(b => b.UnsignedSha256!).SingleAsync(Ct));
        Assert.True(File.Exists(Path.Combine(dossiers.Folder, unsigned[..2], unsigned)));

        async Task KeysAsync(SigningKey? by)
        {
            await register.InDbAsync(async db =>
            {
                await db.SigningKeys.ExecuteDeleteAsync(Ct);
                if (by is not null)
                    db.SigningKeys.Add(by);
                return await db.SaveChangesAsync(Ct);
            });
            await register.Service.Services.GetRequiredService<SigningKeys>().RefreshAsync(Ct);
        }
    }

    [Fact]
    public void A_closed_book_takes_no_number()
    {
        var book = RegisterBook.Open(new DossierUnit("1", "a", "b"), 2026, null, December);
        var arrival = new RegisterArrival { DossierId = Guid.CreateVersion7(), UnitCode = "1", AcceptedAt = December };
        Assert.Equal((1, 1, "1-2026-01"), (book.Enter(arrival).Number, book.Last, book.Code));
        Assert.True(book.Close(Guid.Empty, "x", December).IsSuccess);
        Assert.Equal("DOS-0625", book.Close(Guid.Empty, "x", December).Error.Code);
        Assert.Throws<InvalidOperationException>(() => book.Enter(arrival));
        Assert.Equal((2, 2, 1), (RegisterBook.Open(new DossierUnit("1", "a", "b"), 2026, book, December) is var next ? next.Number : 0, next.First, next.Last));
    }

    private static string? Word(JsonElement paper, string name) => paper.GetProperty(name).GetString();
}
