using System.Reflection;
using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using MassTransit;

namespace HaLong.Dossiers.Tests.Contracts;

/// <summary>What neighbours rely on. Changing an expectation here changes a contract.</summary>
public sealed class LifecycleEventTests
{
    private const string Common = "dossierId code sequence occurredAt procedureCode unitCode ownerId";

    private static readonly Guid Id = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, object, string> Events => new()
    {
        {
            "halong.dossier-supplement-requested.v1",
            new DossierSupplementRequested(Id, "c", 2, At, "1.013978", "06688", Id, "RECEPTION", 1, 3, At),
            "stage number items deadline"
        },
        {
            "halong.dossier-supplemented.v1",
            new DossierSupplemented(Id, "c", 3, At, "1.013978", "06688", Id, "PROCESSING", 1, At),
            "stage number dueAt"
        },
        { "halong.dossier-not-accepted.v1", new DossierNotAccepted(Id, "c", 2, At, "1.013978", "06688", Id), "" },
        { "halong.dossier-refused.v1", new DossierRefused(Id, "c", 4, At, "1.013978", "06688", Id, Id, Id), "approverId resultDocumentId" },
        { "halong.dossier-stopped.v1", new DossierStopped(Id, "c", 4, At, "1.013978", "06688", Id), "" },
        {
            "halong.dossier-withdrawn.v1",
            new DossierWithdrawn(Id, "c", 2, At, "1.013978", "06688", Id, "SUBMITTED", 150_000, FeeTreatments.Refund),
            "fromStatus paidAmount feeTreatment"
        },
        {
            "halong.dossier-deadline-extended.v1",
            new DossierDeadlineExtended(Id, "c", 5, At, "1.013978", "06688", Id, At, At.AddDays(7)),
            "previousDueAt dueAt"
        },
        {
            "halong.dossier-overdue.v1",
            new DossierOverdue(Id, "c", 6, At, "1.013978", "06688", Id, At, At.AddDays(7), "OVERDUE"),
            "previousDueAt dueAt reason"
        },
        { "halong.dossier-overdue.v1", new DossierOverdue(Id, "c", 7, At, "1.013978", "06688", Id, At, null, "OVERDUE"), "previousDueAt dueAt reason" },
        {
            "halong.dossier-result-corrected.v1",
            new DossierResultCorrected(Id, "c", 8, At, "1.013978", "06688", Id, Id, Id, new string('a', 64)),
            "replacedDocumentId resultDocumentId resultSha256"
        },
        {
            "halong.dossier-result-ready.v1",
            new DossierResultReady(Id, "c", 6, At, "1.013978", "06688", Id, Id, new string('a', 64)) { Outcome = "REFUSED", DueAt = At.AddDays(2) },
            "resultDocumentId resultSha256 outcome dueAt"
        },
        {
            "halong.dossier-returned.v1",
            new DossierReturned(Id, "c", 7, At, "1.013978", "06688", Id, Id) { Method = "POST" },
            "resultDocumentId method"
        },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void A_fact_keeps_its_wire_name_and_fields(string name, object fact, string fields)
    {
        var type = fact.GetType();
        Assert.Equal(name, type.GetCustomAttribute<EntityNameAttribute>()!.EntityName);
        Assert.Equal("urn:message:" + name, MessageUrn.ForTypeString(type));

        var json = JsonSerializer.SerializeToElement(fact, type, JsonSerializerOptions.Web);

        Assert.Equal($"{Common} {fields}".TrimEnd().Split(' '), json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(fact, json.Deserialize(type, JsonSerializerOptions.Web));
    }

    [Fact]
    public void A_fee_that_falls_due_carries_all_that_payment_needs()
    {
        var due = new DossierFeeDue(Id, "c", 4, At, "1.013978", "06688", Id, Id, "online", Id, 2, [new FeeItem("duty", "Thuế trước bạ", 900_000, false)], At);

        var json = JsonSerializer.SerializeToElement(due, JsonSerializerOptions.Web);

        Assert.Equal($"{Common} actorId channel demandId number fees deadline basis".Split(' '), json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("halong.dossier-fee-due.v1", typeof(DossierFeeDue).GetCustomAttribute<EntityNameAttribute>()!.EntityName);
        var back = json.Deserialize<DossierFeeDue>(JsonSerializerOptions.Web)!;
        Assert.Equal(due.Fees, back.Fees);
        Assert.Equal(due, back with { Fees = due.Fees });
    }

    [Fact]
    public void A_warning_about_a_wait_says_whom_to_tell_and_has_no_place_in_the_dossiers_sequence()
    {
        var warned = new DossierWaitWarned(Id, Id, "c", At, "1.013978", "06688", WaitLevels.Extension, "APPRAISAL", "officer", At, At, true, Id, ["approver"], "06688");

        var json = JsonSerializer.SerializeToElement(warned, JsonSerializerOptions.Web);

        Assert.Equal(
            "warningId dossierId code occurredAt procedureCode unitCode level reason who since latest urgent personId roles rolesUnitCode".Split(' '),
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("halong.dossier-wait-warned.v1", typeof(DossierWaitWarned).GetCustomAttribute<EntityNameAttribute>()!.EntityName);
        var back = json.Deserialize<DossierWaitWarned>(JsonSerializerOptions.Web)!;
        Assert.Equal(warned.Roles, back.Roles);
        Assert.Equal(warned, back with { Roles = warned.Roles });
        Assert.Equal(["applicant", "applicantLast", "extension", "officer", "supervisor", "citizen"], WaitLevels.All);
    }

    [Theory]
    [InlineData("""{"dossierId":"01900000-0000-7000-8000-000000000001","code":"c","sequence":6,"occurredAt":"2026-11-23T03:00:00+00:00","procedureCode":"p","unitCode":"u","ownerId":"01900000-0000-7000-8000-000000000001","resultDocumentId":"01900000-0000-7000-8000-000000000001","resultSha256":"a"}""")]
    public void A_fact_written_before_there_were_outcomes_is_still_read(string json)
    {
        var ready = JsonSerializer.Deserialize<DossierResultReady>(json, JsonSerializerOptions.Web)!;

        Assert.Equal(6, ready.Sequence);
        Assert.Null(ready.Outcome);
    }

    [Fact]
    public void What_becomes_of_paid_fees_is_one_of_four_words() =>
        Assert.Equal(["keep", "none", "refund", "review"], typeof(FeeTreatments).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order());
}
