import { OthersHere as OthersHere_5555e263f713894c3f8a5c62400e12fd } from '../../admin/OthersHere.tsx'
import { Templates as Templates_0def381be1d15e462f8c39957b5f4302 } from '../../admin/Templates.tsx'
import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { BlocksFeatureClient as BlocksFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TermLabel as TermLabel_a8d791a011e12cf19425e989263fd9b5 } from '../../admin/InlineLabels.tsx'
import { SourceField as SourceField_decbd1ac91e71721814ef9033c24e224 } from '../../admin/SourceField.tsx'
import { CitationLabel as CitationLabel_a8d791a011e12cf19425e989263fd9b5 } from '../../admin/InlineLabels.tsx'
import { CleanPasteClient as CleanPasteClient_eba8ca3c1e442954bdfe9edb2ef1eed9 } from '../../admin/CleanPaste.tsx'
import { FixedToolbarFeatureClient as FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { InlineToolbarFeatureClient as InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { KeepTyped as KeepTyped_5f14cfc701499af26c4d50abf691eec2 } from '../../admin/KeepTyped.tsx'
import { RowTitle as RowTitle_dbfe837fc0f7c3c89478c5b65f497b62 } from '../../admin/RowTitle.tsx'
import { TableFeatureClient as TableFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HorizontalRuleFeatureClient as HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlockquoteFeatureClient as BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HeadingFeatureClient as HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ReviewState as ReviewState_af8d1c2c4ebcb44ec6f66dcee7a3a237 } from '../../admin/ReviewState.tsx'
import { Strikes as Strikes_9d60c4e19de605022df9a933fbb9ede5 } from '../../admin/Strikes.tsx'
import { BeforePublishing as BeforePublishing_b75af56d0eea7e59d9e557aa18730c18 } from '../../admin/BeforePublishing.tsx'
import { OpenComments as OpenComments_7b54fe1812f2f52f2cb92bcc78623929 } from '../../admin/OpenComments.tsx'
import { Languages as Languages_9e6788632d78e553b08eeb513af8693f } from '../../admin/Languages.tsx'
import { PublishedLinks as PublishedLinks_7b2d575e893ea171421ab41c42d70693 } from '../../admin/PublishedLinks.tsx'
import { NewArticle as NewArticle_be9360b4574c937faffbb05cdf908d8a } from '../../admin/NewArticle.tsx'
import { FallingDue as FallingDue_2de11c4146f51ae0c428e7a11a106894 } from '../../admin/FallingDue.tsx'
import { PublishSaved as PublishSaved_2b61a412f143189cc46dae7f45c34b7c } from '../../admin/PublishSaved.tsx'
import { Preview as Preview_c4ca80f29c09ea793fe70c37d9900cc6 } from '../../admin/Preview.tsx'
import { Comments as Comments_ae6ca55826f72c6be6443bc63c0e9c71 } from '../../admin/Comments.tsx'
import { Review as Review_e6e155797a0c6478024a7e8a13e120e9 } from '../../admin/Review.tsx'
import { Translation as Translation_ac99b1313747c7162aefbc53b3a41fb7 } from '../../admin/Translation.tsx'
import { UsedIn as UsedIn_9841bb7bf04ae14132f43fe3cd9349ab } from '../../admin/UsedIn.tsx'
import { PickTimeZone as PickTimeZone_0f67c93cc265ef236bb9b7e2f1f6d226 } from '../../admin/PickOne.tsx'
import { HoursTitle as HoursTitle_567f25ca3c7e2cb08ce3c22d8d001b9c } from '../../admin/HoursTitle.tsx'
import { PickCountry as PickCountry_0f67c93cc265ef236bb9b7e2f1f6d226 } from '../../admin/PickOne.tsx'
import { PlaceTitle as PlaceTitle_5ee1686f7e3994f2bdbcef5b767a8b1a } from '../../admin/PlaceTitle.tsx'
import { Replacement as Replacement_aca91ca81eab9720dfb7b117f811be98 } from '../../admin/Replacement.tsx'
import { Trust as Trust_9319484a088a2819f7c3aec5e5b93392 } from '../../admin/Trust.tsx'
import { ResourceFiles as ResourceFiles_0e8011c77d6d3746e80186339ca7b721 } from '../../admin/ResourceFiles.tsx'
import { SignOff as SignOff_fd876db158faaf07f2a52a5245c8c946 } from '../../admin/SignOff.tsx'
import { NewInLanguage as NewInLanguage_99abc30685870004aa7d3b5de444a851 } from '../../admin/NewInLanguage.tsx'
import { DryRun as DryRun_4850bfb6833011f48e212b16953c785c } from '../../admin/DryRun.tsx'
import { CitedIn as CitedIn_2d143fc5c2266c6ecce05d87b249b2be } from '../../admin/CitedIn.tsx'
import { SecondFactor as SecondFactor_7fee74159a76b383289a47adb2fd2f41 } from '../../admin/SecondFactor.tsx'
import { Invite as Invite_0613f9e3c52132d75176aced8a044588 } from '../../admin/Invite.tsx'
import { ExportAudit as ExportAudit_d86275d3571146c0b1a237f4cfc3c926 } from '../../admin/ExportAudit.tsx'
import { WorkerMissing as WorkerMissing_50f77873ded1e9526073768cd0be4b0a } from '../../admin/WorkerMissing.tsx'
import { Icon as Icon_31632a3714af2a4550104a8aa2f6722e } from '../../admin/Logo.tsx'
import { Logo as Logo_31632a3714af2a4550104a8aa2f6722e } from '../../admin/Logo.tsx'
import { Desk as Desk_d44e886fc6cd589ed03c6f3b12096917 } from '../../admin/Desk.tsx'
import { Unconfirmed as Unconfirmed_9936e43981cc0d9a6435b4a0df864938 } from '../../admin/Unconfirmed.tsx'
import { NameWidgets as NameWidgets_77331e0325177377814e12f40ce48aa8 } from '../../admin/NameWidgets.tsx'
import { Login as Login_7b011ebedeaea047a681424154877847 } from '../../admin/Login.tsx'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/admin/OthersHere.tsx#OthersHere": OthersHere_5555e263f713894c3f8a5c62400e12fd,
  "/admin/Templates.tsx#Templates": Templates_0def381be1d15e462f8c39957b5f4302,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/client#BlocksFeatureClient": BlocksFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/InlineLabels.tsx#TermLabel": TermLabel_a8d791a011e12cf19425e989263fd9b5,
  "/admin/SourceField.tsx#SourceField": SourceField_decbd1ac91e71721814ef9033c24e224,
  "/admin/InlineLabels.tsx#CitationLabel": CitationLabel_a8d791a011e12cf19425e989263fd9b5,
  "/admin/CleanPaste.tsx#CleanPasteClient": CleanPasteClient_eba8ca3c1e442954bdfe9edb2ef1eed9,
  "@payloadcms/richtext-lexical/client#FixedToolbarFeatureClient": FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#InlineToolbarFeatureClient": InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/KeepTyped.tsx#KeepTyped": KeepTyped_5f14cfc701499af26c4d50abf691eec2,
  "/admin/RowTitle.tsx#RowTitle": RowTitle_dbfe837fc0f7c3c89478c5b65f497b62,
  "@payloadcms/richtext-lexical/client#TableFeatureClient": TableFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HorizontalRuleFeatureClient": HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlockquoteFeatureClient": BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HeadingFeatureClient": HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/ReviewState.tsx#ReviewState": ReviewState_af8d1c2c4ebcb44ec6f66dcee7a3a237,
  "/admin/Strikes.tsx#Strikes": Strikes_9d60c4e19de605022df9a933fbb9ede5,
  "/admin/BeforePublishing.tsx#BeforePublishing": BeforePublishing_b75af56d0eea7e59d9e557aa18730c18,
  "/admin/OpenComments.tsx#OpenComments": OpenComments_7b54fe1812f2f52f2cb92bcc78623929,
  "/admin/Languages.tsx#Languages": Languages_9e6788632d78e553b08eeb513af8693f,
  "/admin/PublishedLinks.tsx#PublishedLinks": PublishedLinks_7b2d575e893ea171421ab41c42d70693,
  "/admin/NewArticle.tsx#NewArticle": NewArticle_be9360b4574c937faffbb05cdf908d8a,
  "/admin/FallingDue.tsx#FallingDue": FallingDue_2de11c4146f51ae0c428e7a11a106894,
  "/admin/PublishSaved.tsx#PublishSaved": PublishSaved_2b61a412f143189cc46dae7f45c34b7c,
  "/admin/Preview.tsx#Preview": Preview_c4ca80f29c09ea793fe70c37d9900cc6,
  "/admin/Comments.tsx#Comments": Comments_ae6ca55826f72c6be6443bc63c0e9c71,
  "/admin/Review.tsx#Review": Review_e6e155797a0c6478024a7e8a13e120e9,
  "/admin/Translation.tsx#Translation": Translation_ac99b1313747c7162aefbc53b3a41fb7,
  "/admin/UsedIn.tsx#UsedIn": UsedIn_9841bb7bf04ae14132f43fe3cd9349ab,
  "/admin/PickOne.tsx#PickTimeZone": PickTimeZone_0f67c93cc265ef236bb9b7e2f1f6d226,
  "/admin/HoursTitle.tsx#HoursTitle": HoursTitle_567f25ca3c7e2cb08ce3c22d8d001b9c,
  "/admin/PickOne.tsx#PickCountry": PickCountry_0f67c93cc265ef236bb9b7e2f1f6d226,
  "/admin/PlaceTitle.tsx#PlaceTitle": PlaceTitle_5ee1686f7e3994f2bdbcef5b767a8b1a,
  "/admin/Replacement.tsx#Replacement": Replacement_aca91ca81eab9720dfb7b117f811be98,
  "/admin/Trust.tsx#Trust": Trust_9319484a088a2819f7c3aec5e5b93392,
  "/admin/ResourceFiles.tsx#ResourceFiles": ResourceFiles_0e8011c77d6d3746e80186339ca7b721,
  "/admin/SignOff.tsx#SignOff": SignOff_fd876db158faaf07f2a52a5245c8c946,
  "/admin/NewInLanguage.tsx#NewInLanguage": NewInLanguage_99abc30685870004aa7d3b5de444a851,
  "/admin/DryRun.tsx#DryRun": DryRun_4850bfb6833011f48e212b16953c785c,
  "/admin/CitedIn.tsx#CitedIn": CitedIn_2d143fc5c2266c6ecce05d87b249b2be,
  "/admin/SecondFactor.tsx#SecondFactor": SecondFactor_7fee74159a76b383289a47adb2fd2f41,
  "/admin/Invite.tsx#Invite": Invite_0613f9e3c52132d75176aced8a044588,
  "/admin/ExportAudit.tsx#ExportAudit": ExportAudit_d86275d3571146c0b1a237f4cfc3c926,
  "/admin/WorkerMissing.tsx#WorkerMissing": WorkerMissing_50f77873ded1e9526073768cd0be4b0a,
  "/admin/Logo.tsx#Icon": Icon_31632a3714af2a4550104a8aa2f6722e,
  "/admin/Logo.tsx#Logo": Logo_31632a3714af2a4550104a8aa2f6722e,
  "/admin/Desk.tsx#Desk": Desk_d44e886fc6cd589ed03c6f3b12096917,
  "/admin/Unconfirmed.tsx#Unconfirmed": Unconfirmed_9936e43981cc0d9a6435b4a0df864938,
  "/admin/NameWidgets.tsx#NameWidgets": NameWidgets_77331e0325177377814e12f40ce48aa8,
  "/admin/Login.tsx#Login": Login_7b011ebedeaea047a681424154877847,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
