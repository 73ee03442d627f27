using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class DossierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid Owner = Guid.CreateVersion7(), Officer = Guid.CreateVersion7(), Payment = Guid.CreateVersion7(), Result = Guid.CreateVersion7();
    private static readonly Actor Applicant = new(Owner, Roles.Citizen, null, "Dân");
    private static readonly Actor Reception = new(Guid.CreateVersion7(), Roles.Reception, "06688", "Tiếp");
    private static readonly Actor CaseOfficer = new(Officer, Roles.Officer, "06688", "Thụ");
    private static readonly Actor Approver = new(Guid.CreateVersion7(), Roles.Approver, "06688", "Duyệt");
    private static readonly HandingOver OverTheCounter = new(ReturnMethod.Counter, "Dân", null, null, null, false);
    private static readonly FeeItem Fee = new("phi", "Phí", 150_000, true);

    [Fact]
    public void The_whole_way_numbers_its_steps_and_facts_without_gaps()
    {
        var dossier = Open();
        var facts = new List<object>();
        var steps = new List<TimelineEntry>();
        var clock = new List<ClockEntry>();
        foreach (var step in new Action[]
        {
            () => dossier.Submit("A-1", Land, [Fee], Applicant, Now), () => dossier.RecordPaymentRequest(Payment, 150_000, Now),
            () => dossier.RecordPayment(Payment, 150_000, Now), () => dossier.Accept(Reception, Now.AddDays(9), false, Now),
            () => dossier.Assign(CaseOfficer, Officer, Now), () => dossier.Approve(Approver, "Đồng ý", Result, Now),
            () => dossier.Resolve("ab", Now), () => dossier.Return(CaseOfficer, OverTheCounter, Now),
        })
        {
            step();
            var taken = dossier.TakeChanges();
            facts.AddRange(taken.Facts);
            steps.AddRange(taken.Steps);
            clock.AddRange(taken.Clock);
        }
        Assert.Equal(DossierStatus.Returned, dossier.Status);
        Assert.Equal(Enumerable.Range(1, 8), steps.Select(s => s.Step));
        Assert.Equal([(1, ClockEffect.Start, "accept"), (2, ClockEffect.Stop, "resolve")], clock.Select(c => (c.Number, c.Effect, c.Cause)));
        Assert.Equal(
            [typeof(DossierSubmitted), typeof(DossierFeePaid), typeof(DossierAccepted), typeof(DossierProcessingStarted), typeof(DossierApproved), typeof(DossierResultReady), typeof(DossierReturned)],
            facts.Select(f => f.GetType()));
        Assert.Equal(Enumerable.Range(1, 7).Select(n => (long)n), facts.Select(f => (long)f.GetType().GetProperty("Sequence")!.GetValue(f)!));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.ToStatus, pair.Second.FromStatus));
        Assert.All(steps, s => Assert.False(string.IsNullOrWhiteSpace(s.NoteVi) || string.IsNullOrWhiteSpace(s.NoteEn)));
    }

    [Fact]
    public void A_dossier_is_not_given_to_its_owner() =>
        Assert.Equal("DOS-0017", InState(DossierStatus.Accepted).Assign(CaseOfficer, Owner, Now).Error.Code);

    [Fact]
    public void The_case_officer_does_not_approve() =>
        Assert.Equal("DOS-0018", InState(DossierStatus.Processing).Approve(CaseOfficer with { Role = Roles.Approver }, "Đồng ý", Result, Now).Error.Code);

    [Fact]
    public void Unpaid_fees_block_approval()
    {
        var dossier = InState(DossierStatus.Processing, paid: false);
        Assert.Equal("payment", dossier.WaitingFor);
        Assert.Equal("DOS-0016", dossier.Approve(Approver, "Đồng ý", Result, Now).Error.Code);
        Assert.True(dossier.RecordPayment(Payment, 150_000, Now));
        Assert.True(dossier.Approve(Approver, "Đồng ý", Result, Now).IsSuccess);
    }

    [Fact]
    public void A_dossier_is_approved_once_and_then_waits_for_its_signature()
    {
        var dossier = InState(DossierStatus.Processing);
        Assert.True(dossier.Approve(Approver, "Đồng ý", Result, Now).IsSuccess);
        Assert.Equal((DossierStatus.Processing, "signature"), (dossier.Status, dossier.WaitingFor));
        Assert.Equal("DOS-0008", dossier.Approve(Approver, "Đồng ý", Guid.CreateVersion7(), Now).Error.Code);
        Assert.Equal(Result, dossier.ResultDocumentId);
    }

    [Fact]
    public void A_dossier_without_approval_is_not_resolved() =>
        Assert.False(InState(DossierStatus.Processing).Resolve("ab", Now).IsSuccess);

    [Fact]
    public void A_payment_counts_once_and_in_any_order()
    {
        var dossier = InState(DossierStatus.Submitted, paid: false);
        Assert.True(dossier.RecordPayment(Payment, 150_000, Now));
        Assert.False(dossier.RecordPayment(Payment, 150_000, Now));
        Assert.False(dossier.RecordPaymentRequest(Payment, 150_000, Now));
        Assert.True(dossier.FeesPaid);
        Assert.Single(dossier.TakeChanges().Facts);
    }

    [Fact]
    public void A_payment_of_another_request_does_not_count()
    {
        var dossier = InState(DossierStatus.Submitted, paid: false);
        dossier.RecordPaymentRequest(Payment, 150_000, Now);
        Assert.False(dossier.RecordPayment(Guid.CreateVersion7(), 150_000, Now));
        Assert.False(dossier.FeesPaid);
    }

    [Fact]
    public void A_draft_has_nothing_to_pay()
    {
        var dossier = Open();
        Assert.False(dossier.RecordPaymentRequest(Payment, 150_000, Now));
        Assert.False(dossier.RecordPayment(Payment, 150_000, Now));
    }

    [Fact]
    public void Every_missing_component_is_told_at_once()
    {
        var content = Content("1.013831");
        var error = Open().CheckComplete(content, [2, 5]).Error;
        Assert.Equal("DOS-0007", error.Code);
        Assert.Equal(["component1", "component3"], error.Fields.Keys.Order());
        Assert.Equal([content.Components[2].NameVi], error.Fields["component3"]);
    }

    [Fact]
    public void A_dossier_with_all_required_components_is_complete() =>
        Assert.True(Open().CheckComplete(Content("1.013831"), [1, 2, 3, 3, null]).IsSuccess);

    private static readonly Procedure Land = ProcedureOf("1.013978");

    private static Dossier Open()
    {
        var dossier = Dossier.Open(
            Guid.CreateVersion7(), Land, new DossierUnit("06688", "Phường Hạ Long", "Ha Long Ward"), new Applicant(Owner, "Dân", "1234", Owner, "online"),
            "Cấp giấy", "{}", [Fee], Now);
        return dossier;
    }

    private static Dossier InState(string status, bool paid = true)
    {
        var dossier = Open();
        foreach (var (state, action) in DossierStatus.Way.Skip(1).Zip(["submit", "accept", "assign", "resolve", "return"]))
        {
            if (dossier.Status == status)
                break;
            if (action == "resolve")
                Assert.True(Try(dossier, "approve").IsSuccess);
            Assert.True(Try(dossier, action).IsSuccess, state);
            if (action == "submit" && paid)
                dossier.RecordPayment(Payment, 150_000, Now);
        }
        dossier.TakeChanges();
        return dossier;
    }

    private static Result Try(Dossier dossier, string action, Actor? actor = null) => action switch
    {
        "edit" => dossier.Edit("Khác", "{}", Now),
        "submit" => dossier.Submit("A-1", Land, [Fee], actor ?? Applicant, Now),
        "accept" => dossier.Accept(actor ?? Reception, Now.AddDays(9), false, Now),
        "assign" => dossier.Assign(actor ?? CaseOfficer, (actor ?? CaseOfficer).Id, Now),
        "approve" => dossier.Approve(actor ?? Approver, "Đồng ý", Result, Now),
        "resolve" => dossier.Resolve("ab", Now),
        _ => dossier.Return(actor ?? CaseOfficer, OverTheCounter, Now),
    };

    internal static ProcedureContent Content(string code) =>
        CatalogueLoader.Parse(DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == code)!.ToJsonString());

    internal static Procedure ProcedureOf(string code)
    {
        var content = Content(code);
        return new Procedure
        {
            Id = Guid.CreateVersion7(),
            Code = code,
            NameVi = content.NameVi,
            NameEn = content.NameEn,
            Field = content.Field.Code,
            Level = content.Level.Since20250701,
            Content = "{}",
            ContentHash = "",
        };
    }
}
