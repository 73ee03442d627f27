using HaLong.Dossiers.Features.Assignments;
using HaLong.Dossiers.Features.Decisions;
using HaLong.Dossiers.Features.Fees;
using HaLong.Dossiers.Features.Notes;
using HaLong.Dossiers.Features.Opinions;
using HaLong.Dossiers.Features.Reception;
using HaLong.Dossiers.Features.Results;
using HaLong.Dossiers.Features.Supplements;

namespace HaLong.Dossiers.Features.Lifecycle;

/// <summary>The use cases of the lifecycle.</summary>
internal static class LifecycleArea
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services)
    {
        services.AddScoped<LifecycleDesk>().AddScoped<LifecycleViews>().AddScoped<ListForms>().AddScoped<NoticeDownload>();
        services.AddScoped<RequestSupplement>().AddScoped<PermitSupplement>().AddScoped<AnswerSupplement>().AddScoped<ListSupplements>();
        services.AddScoped<ForwardDossier>().AddScoped<ReturnOriginals>().AddScoped<ReleaseDossier>();
        services.AddScoped<RecordAbsence>().AddScoped<ListAbsences>().AddScoped<EndAbsence>();
        services.AddScoped<RequestOpinion>().AddScoped<AnswerOpinion>().AddScoped<CloseOpinion>().AddScoped<ListOpinions>().AddScoped<ListAskedOpinions>();
        services.AddScoped<RequireFee>().AddScoped<RefuseDossier>().AddScoped<StopDossier>().AddScoped<ExtendDeadline>().AddScoped<WithdrawDossier>();
        return services.AddScoped<CorrectResult>().AddScoped<WriteNote>().AddScoped<ListNotes>();
    }

    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder dossiers, IEndpointRouteBuilder inbox)
    {
        ForwardDossier.Map(dossiers);
        ReleaseDossier.Map(dossiers);
        RequestSupplement.Map(dossiers);
        PermitSupplement.Map(dossiers);
        AnswerSupplement.Map(dossiers);
        ListSupplements.Map(dossiers);
        RequestOpinion.Map(dossiers);
        AnswerOpinion.Map(dossiers);
        CloseOpinion.Map(dossiers);
        ListOpinions.Map(dossiers);
        RequireFee.Map(dossiers);
        ExtendDeadline.Map(dossiers);
        RefuseDossier.Map(dossiers);
        StopDossier.Map(dossiers);
        WithdrawDossier.Map(dossiers);
        CorrectResult.Map(dossiers);
        ReturnOriginals.Map(dossiers);
        WriteNote.Map(dossiers);
        ListNotes.Map(dossiers);
        ListForms.Map(dossiers);
        ListAskedOpinions.Map(inbox);

        var absences = app.MapGroup("/api/v1/absences").WithTags("Absences");
        RecordAbsence.Map(absences);
        ListAbsences.Map(absences);
        EndAbsence.Map(absences);
    }
}
