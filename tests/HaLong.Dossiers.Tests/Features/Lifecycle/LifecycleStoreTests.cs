using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>What the tables of the lifecycle keep and what they refuse.</summary>
public sealed class LifecycleStoreTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_supplement_request_comes_back_with_its_list()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        var items = new List<SupplementItem> { new(1, null, "Đơn", "Thiếu chữ ký"), new(null, "/thua", "Số thửa", "Không khớp “bản đồ”") };

        await AddAsync(Supplement(id, 1, items));

        var back = await dossiers.InDbAsync(db => db.Supplements.AsNoTracking().SingleAsync(r => r.DossierId == id, Ct));
        Assert.Equal(items, back.Items);
        Assert.False(back.Flagged);
        Assert.Null(back.FulfilledAt);
    }

    [Fact]
    public async Task There_is_one_request_of_a_number_at_a_stage()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        await AddAsync(Supplement(id, 1, []));

        await RefusedByAsync("ix_supplement_request_dossier_id_stage_number", Supplement(id, 1, []));

        await AddAsync(Supplement(id, 2, []));
    }

    [Fact]
    public async Task There_is_one_demand_of_a_number_and_none_without_money()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        await AddAsync(Demand(id, 1, 5));

        await RefusedByAsync("ix_fee_demand_dossier_id_number", Demand(id, 1, 5));
        await RefusedByAsync("ck_fee_demand_amount", Demand(id, 2, 0));
    }

    [Fact]
    public async Task There_is_one_form_of_a_serial_number()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        await AddAsync(Form(id, 1));

        await RefusedByAsync("ix_issued_form_dossier_id_serial", Form(id, 1));
    }

    [Fact]
    public async Task There_is_one_question_of_a_number()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        await AddAsync(Opinion(id, 1));

        await RefusedByAsync("ix_opinion_request_dossier_id_number", Opinion(id, 1));
    }

    [Fact]
    public async Task A_draft_takes_its_parts_with_it_when_it_is_deleted()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        await AddAsync(new DossierNote { Id = Guid.CreateVersion7(), DossierId = id, Text = "x", AuthorRole = "officer", AuthorName = "A", CreatedAt = Now });

        (await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct)).EnsureSuccessStatusCode();

        Assert.False(await dossiers.InDbAsync(db => db.Notes.AnyAsync(n => n.DossierId == id, Ct)));
    }

    [Fact]
    public async Task Asked_components_are_kept_with_the_dossier_and_forgotten_with_the_answer()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var list = new { items = new[] { new { component = 2, reason = "Mờ" }, new { component = 1, reason = "Thiếu" } } };
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", list));
        Assert.Equal([2, 1], await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).Select(d => d.AskedComponents).SingleAsync(Ct)));

        for (var component = 1; component <= 2; component++)
            (await UploadAsync(client, id, component, Samples.Pdf($"mới {component}"))).EnsureSuccessStatusCode();
        await BodyAsync(await PostAsync(client, id, "supplement"));

        Assert.Empty(await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).Select(d => d.AskedComponents).SingleAsync(Ct)));
        var request = await dossiers.InDbAsync(db => db.Supplements.AsNoTracking().SingleAsync(r => r.DossierId == id, Ct));
        Assert.NotNull(request.FulfilledAt);
    }

    [Fact]
    public async Task A_refused_operation_leaves_no_row_anywhere()
    {
        var client = dossiers.Citizen();
        var officer = Guid.CreateVersion7();
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var before = await CountAsync(id);
        var mine = dossiers.Official(Roles.Officer, id: officer);

        await RefusedAsync(await PostAsync(mine, id, "assignment", new { officerId = Guid.CreateVersion7(), reason = "Người lạ" }), 400, "DOS-0024");
        await RefusedAsync(await PostAsync(mine, id, "opinions", new { unitCode = "99999", question = "x" }), 400, "DOS-0004");
        await RefusedAsync(await PostAsync(mine, id, "fee-request", new { reason = "x" }), 409, "DOS-0049");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "supplement-requests", new { items = new[] { new { component = 1, reason = "x" } } }), 403, "DOS-0031");

        Assert.Equal(before, await CountAsync(id));
    }

    private Task<(int, int, int, int, int, int)> CountAsync(Guid id) => dossiers.InDbAsync(async db => (
        await db.Timeline.CountAsync(t => t.DossierId == id, Ct),
        await db.IssuedForms.CountAsync(f => f.DossierId == id, Ct),
        await db.Supplements.CountAsync(r => r.DossierId == id, Ct),
        await db.Opinions.CountAsync(o => o.DossierId == id, Ct),
        await db.Demands.CountAsync(d => d.DossierId == id, Ct),
        await db.ClockEntries.CountAsync(c => c.DossierId == id, Ct)));

    private Task<int> AddAsync(object row) => dossiers.InDbAsync(db =>
    {
        db.Add(row);
        return db.SaveChangesAsync(Ct);
    });

    private async Task RefusedByAsync(string constraint, object row)
    {
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(row));
        Assert.Contains(constraint, refused.InnerException!.Message, StringComparison.Ordinal);
    }

    private static SupplementRequest Supplement(Guid id, int number, List<SupplementItem> items) => new()
    {
        Id = Guid.CreateVersion7(),
        DossierId = id,
        Stage = SupplementStage.Reception,
        Number = number,
        Items = items,
        RequestedBy = Guid.CreateVersion7(),
        RequestedAt = Now,
        Deadline = Now.AddDays(5),
    };

    private static FeeDemand Demand(Guid id, int number, long amount) => new()
    {
        Id = Guid.CreateVersion7(),
        DossierId = id,
        Number = number,
        Fees = [new FeeItem("duty", "Thuế", amount, false)],
        Amount = amount,
        Reason = "x",
        RequestedAt = Now,
        Deadline = Now,
    };

    private static IssuedForm Form(Guid id, int serial) => new()
    {
        Id = Guid.CreateVersion7(),
        DossierId = id,
        Serial = serial,
        Kind = PaperForm.Control,
        Number = "06",
        Regime = "OSS-2025",
        Data = "{}",
        CreatedByName = "A",
        CreatedAt = Now,
    };

    private static OpinionRequest Opinion(Guid id, int number) => new()
    {
        Id = Guid.CreateVersion7(),
        DossierId = id,
        Number = number,
        UnitCode = "06652",
        UnitNameVi = "x",
        UnitNameEn = "x",
        Question = "x",
        RequestedAt = Now,
        Deadline = Now,
    };
}
