using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Features.Queues;
using HaLong.Dossiers.Features.Signatures;
using HaLong.Dossiers.Fees;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Reuse;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Verification;
using HaLong.Dossiers.Papers;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Dossiers.Features;

/// <summary>The HTTP side of the service: one line per use case.</summary>
internal static class DossierEndpoints
{
    private const int MaxJsonBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapCatalogue();

        var dossiers = app.MapGroup("/api/v1/dossiers").WithTags("Dossiers").WithMetadata(new RequestSizeLimitAttribute(MaxJsonBytes));
        OpenDossier.Map(dossiers);
        ListDossiers.Map(dossiers);
        GetDossier.Map(dossiers);
        EditDossier.Map(dossiers);
        DeleteDossier.Map(dossiers);
        AttachDocument.Map(dossiers);
        GetDocument.Map(dossiers);
        RemoveDocument.Map(dossiers);
        FilesArea.MapOfDossiers(dossiers);
        SubmitDossier.Map(dossiers);
        AcceptDossier.Map(dossiers);
        AssignDossier.Map(dossiers);
        ApproveDossier.Map(dossiers);
        ReturnDossier.Map(dossiers);
        GetTimeline.Map(dossiers);
        GetReceipt.Map(dossiers);
        GetFormPaper.Map(dossiers);
        FormsArea.MapForms(app.MapGroup("/api/v1/procedures").WithTags("Procedures"), dossiers);

        var inbox = app.MapGroup("/api/v1/inbox").WithTags("Inbox");
        QueueArea.Map(inbox);
        LifecycleArea.Map(app, dossiers, inbox);
        SignaturesArea.Map(dossiers);
        FilingArea.MapFiling(app, dossiers, inbox);
        FeeArea.Map(app, dossiers);
        FilesArea.Map(app);
        VerificationArea.Map(app);
        RegisterArea.Map(app);
        TrackDossier.Map(app.MapGroup("/api/v1/tracking").WithTags("Tracking"));
        ReuseArea.Map(app, dossiers);
        ArchiveArea.Map(app, dossiers);
    }

    /// <summary>Says what an operation answers: a body on success, problems otherwise.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces<T>(success).Problems(problems);

    /// <summary>The same for an operation without a body.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces(success).Problems(problems);

    /// <summary>The first error of several results, or null.</summary>
    public static Error? FirstError(Result<int> limit, Result<string[]?> cursor) =>
        !limit.IsSuccess ? limit.Error : !cursor.IsSuccess ? cursor.Error : null;

    private static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
