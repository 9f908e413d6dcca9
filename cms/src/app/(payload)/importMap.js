import { OthersHere as OthersHere_c49c90dd0e21e2585450f380c70f238a } from '../../admin/writing/OthersHere.tsx'
import { FormNews as FormNews_1f7c02d2fc3a364201852ee0ecca4ce6 } from '../../admin/previews/FormNews.tsx'
import { Templates as Templates_520d855cd94b9186286e2f82dbb532a5 } from '../../admin/writing/Templates.tsx'
import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { BlocksFeatureClient as BlocksFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TermLabel as TermLabel_a85d05ac46a9d005d75ee6619b7285da } from '../../admin/writing/InlineLabels.tsx'
import { SourceField as SourceField_f6fb6642731165ecee11f33047c0ded9 } from '../../admin/writing/SourceField.tsx'
import { CitationLabel as CitationLabel_a85d05ac46a9d005d75ee6619b7285da } from '../../admin/writing/InlineLabels.tsx'
import { CleanPasteClient as CleanPasteClient_1b76ec35847e67b2da099adc19bc2bdc } from '../../admin/writing/CleanPaste.tsx'
import { FixedToolbarFeatureClient as FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { InlineToolbarFeatureClient as InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { KeepTyped as KeepTyped_b54b4aadfeafa02c46260c1e0c63f5ea } from '../../admin/writing/KeepTyped.tsx'
import { RowTitle as RowTitle_dbfe837fc0f7c3c89478c5b65f497b62 } from '../../admin/RowTitle.tsx'
import { TableFeatureClient as TableFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HorizontalRuleFeatureClient as HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlockquoteFeatureClient as BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HeadingFeatureClient as HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { GroupTitle as GroupTitle_11a49ea05c456eb7e473055130aa8571 } from '../../admin/GroupTitle.tsx'
import { ReviewState as ReviewState_25306282c5eb21aaf374e68207c82819 } from '../../admin/review/ReviewState.tsx'
import { Strikes as Strikes_5df24809071bbc46955f060a749a026b } from '../../admin/review/Strikes.tsx'
import { BeforePublishing as BeforePublishing_748c1dae9efff4ddf88621deca92082c } from '../../admin/checks/BeforePublishing.tsx'
import { OpenComments as OpenComments_d6897786f7592bda08a5506cfbd22418 } from '../../admin/comments/OpenComments.tsx'
import { Languages as Languages_d7cd0db157cff446147447eeeb304f9a } from '../../admin/translations/Languages.tsx'
import { PublishedLinks as PublishedLinks_8d770bee558b7368c8ecfc24132cb8fe } from '../../admin/review/PublishedLinks.tsx'
import { NewArticle as NewArticle_715495507971f30ab661b8852e9fbaef } from '../../admin/writing/NewArticle.tsx'
import { FallingDue as FallingDue_f28b2861519466b511f5c6269c745e7c } from '../../admin/desk/FallingDue.tsx'
import { PublishSaved as PublishSaved_36bdffe172c7a92b21cc157079635c6a } from '../../admin/review/PublishSaved.tsx'
import { Preview as Preview_2f192ffa5ac557c3fc7c2f802b39b88a } from '../../admin/previews/Preview.tsx'
import { Comments as Comments_483a68f756c544591272e9f29859ab7b } from '../../admin/comments/Comments.tsx'
import { Review as Review_8bfd0a1ea78218833be48bd0edf8dcde } from '../../admin/review/Review.tsx'
import { Translation as Translation_bb9acdd3b224d1b0841295f58cf17e25 } from '../../admin/translations/Translation.tsx'
import { UsedIn as UsedIn_f4c288fad95300d5f9175386013f1bf0 } from '../../admin/resources/UsedIn.tsx'
import { PickTimeZone as PickTimeZone_106aa7c3046635d5a2d52c3c4688ad98 } from '../../admin/resources/PickOne.tsx'
import { HoursTitle as HoursTitle_40f046bafe96f4d6d2b690383eeadb42 } from '../../admin/resources/HoursTitle.tsx'
import { PickCountry as PickCountry_106aa7c3046635d5a2d52c3c4688ad98 } from '../../admin/resources/PickOne.tsx'
import { PlaceTitle as PlaceTitle_46a3b7734946033f0d222d6edcc5e07d } from '../../admin/resources/PlaceTitle.tsx'
import { Replacement as Replacement_e7d3f7e7f952ad4e6305b00910661bbb } from '../../admin/resources/Replacement.tsx'
import { Trust as Trust_18eeac2b0bb80b1dbb7ee4ba48e1a33c } from '../../admin/resources/Trust.tsx'
import { ResourceFiles as ResourceFiles_9a86d515bd3c670620cb585749128596 } from '../../admin/resources/ResourceFiles.tsx'
import { WaitingCell as WaitingCell_b0b01808a3714945c0bb651219ab3973 } from '../../admin/review/WaitingCell.tsx'
import { SignOff as SignOff_d7fb400560cce0f30ff37d3ed2b0545a } from '../../admin/review/SignOff.tsx'
import { NewInLanguage as NewInLanguage_bd00f67c7dee5aa5bfb1a3f3e0a8dbfd } from '../../admin/translations/NewInLanguage.tsx'
import { DryRun as DryRun_3c705d6111b996e58d42a9c080056522 } from '../../admin/checks/DryRun.tsx'
import { CitedIn as CitedIn_2d04c28673786a0fde157ef5e2c9b50e } from '../../admin/checks/CitedIn.tsx'
import { SecondFactor as SecondFactor_753de9d2c181e2889a62e0ae274b7142 } from '../../admin/accounts/SecondFactor.tsx'
import { Invite as Invite_5dff2b148300eecb6cf145fc91ac0dd8 } from '../../admin/accounts/Invite.tsx'
import { ExportAudit as ExportAudit_c1ff607b6fa8aaffaa08dbb7d29f6d67 } from '../../admin/desk/ExportAudit.tsx'
import { WorkerMissing as WorkerMissing_afb086789b3c33acd77a1d1cb8a2526a } from '../../admin/desk/WorkerMissing.tsx'
import { Icon as Icon_31632a3714af2a4550104a8aa2f6722e } from '../../admin/Logo.tsx'
import { Logo as Logo_31632a3714af2a4550104a8aa2f6722e } from '../../admin/Logo.tsx'
import { Desk as Desk_17e514c0f145bf98c1110905c5e4e143 } from '../../admin/desk/Desk.tsx'
import { Unconfirmed as Unconfirmed_1c5e500b3827d7cce8a785ea7b2b644f } from '../../admin/desk/Unconfirmed.tsx'
import { NameWidgets as NameWidgets_77331e0325177377814e12f40ce48aa8 } from '../../admin/NameWidgets.tsx'
import { Login as Login_a66447d9353ba284649c08184b9dd2cd } from '../../admin/accounts/Login.tsx'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/admin/writing/OthersHere.tsx#OthersHere": OthersHere_c49c90dd0e21e2585450f380c70f238a,
  "/admin/previews/FormNews.tsx#FormNews": FormNews_1f7c02d2fc3a364201852ee0ecca4ce6,
  "/admin/writing/Templates.tsx#Templates": Templates_520d855cd94b9186286e2f82dbb532a5,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/client#BlocksFeatureClient": BlocksFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/writing/InlineLabels.tsx#TermLabel": TermLabel_a85d05ac46a9d005d75ee6619b7285da,
  "/admin/writing/SourceField.tsx#SourceField": SourceField_f6fb6642731165ecee11f33047c0ded9,
  "/admin/writing/InlineLabels.tsx#CitationLabel": CitationLabel_a85d05ac46a9d005d75ee6619b7285da,
  "/admin/writing/CleanPaste.tsx#CleanPasteClient": CleanPasteClient_1b76ec35847e67b2da099adc19bc2bdc,
  "@payloadcms/richtext-lexical/client#FixedToolbarFeatureClient": FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#InlineToolbarFeatureClient": InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/writing/KeepTyped.tsx#KeepTyped": KeepTyped_b54b4aadfeafa02c46260c1e0c63f5ea,
  "/admin/RowTitle.tsx#RowTitle": RowTitle_dbfe837fc0f7c3c89478c5b65f497b62,
  "@payloadcms/richtext-lexical/client#TableFeatureClient": TableFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HorizontalRuleFeatureClient": HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlockquoteFeatureClient": BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HeadingFeatureClient": HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/GroupTitle.tsx#GroupTitle": GroupTitle_11a49ea05c456eb7e473055130aa8571,
  "/admin/review/ReviewState.tsx#ReviewState": ReviewState_25306282c5eb21aaf374e68207c82819,
  "/admin/review/Strikes.tsx#Strikes": Strikes_5df24809071bbc46955f060a749a026b,
  "/admin/checks/BeforePublishing.tsx#BeforePublishing": BeforePublishing_748c1dae9efff4ddf88621deca92082c,
  "/admin/comments/OpenComments.tsx#OpenComments": OpenComments_d6897786f7592bda08a5506cfbd22418,
  "/admin/translations/Languages.tsx#Languages": Languages_d7cd0db157cff446147447eeeb304f9a,
  "/admin/review/PublishedLinks.tsx#PublishedLinks": PublishedLinks_8d770bee558b7368c8ecfc24132cb8fe,
  "/admin/writing/NewArticle.tsx#NewArticle": NewArticle_715495507971f30ab661b8852e9fbaef,
  "/admin/desk/FallingDue.tsx#FallingDue": FallingDue_f28b2861519466b511f5c6269c745e7c,
  "/admin/review/PublishSaved.tsx#PublishSaved": PublishSaved_36bdffe172c7a92b21cc157079635c6a,
  "/admin/previews/Preview.tsx#Preview": Preview_2f192ffa5ac557c3fc7c2f802b39b88a,
  "/admin/comments/Comments.tsx#Comments": Comments_483a68f756c544591272e9f29859ab7b,
  "/admin/review/Review.tsx#Review": Review_8bfd0a1ea78218833be48bd0edf8dcde,
  "/admin/translations/Translation.tsx#Translation": Translation_bb9acdd3b224d1b0841295f58cf17e25,
  "/admin/resources/UsedIn.tsx#UsedIn": UsedIn_f4c288fad95300d5f9175386013f1bf0,
  "/admin/resources/PickOne.tsx#PickTimeZone": PickTimeZone_106aa7c3046635d5a2d52c3c4688ad98,
  "/admin/resources/HoursTitle.tsx#HoursTitle": HoursTitle_40f046bafe96f4d6d2b690383eeadb42,
  "/admin/resources/PickOne.tsx#PickCountry": PickCountry_106aa7c3046635d5a2d52c3c4688ad98,
  "/admin/resources/PlaceTitle.tsx#PlaceTitle": PlaceTitle_46a3b7734946033f0d222d6edcc5e07d,
  "/admin/resources/Replacement.tsx#Replacement": Replacement_e7d3f7e7f952ad4e6305b00910661bbb,
  "/admin/resources/Trust.tsx#Trust": Trust_18eeac2b0bb80b1dbb7ee4ba48e1a33c,
  "/admin/resources/ResourceFiles.tsx#ResourceFiles": ResourceFiles_9a86d515bd3c670620cb585749128596,
  "/admin/review/WaitingCell.tsx#WaitingCell": WaitingCell_b0b01808a3714945c0bb651219ab3973,
  "/admin/review/SignOff.tsx#SignOff": SignOff_d7fb400560cce0f30ff37d3ed2b0545a,
  "/admin/translations/NewInLanguage.tsx#NewInLanguage": NewInLanguage_bd00f67c7dee5aa5bfb1a3f3e0a8dbfd,
  "/admin/checks/DryRun.tsx#DryRun": DryRun_3c705d6111b996e58d42a9c080056522,
  "/admin/checks/CitedIn.tsx#CitedIn": CitedIn_2d04c28673786a0fde157ef5e2c9b50e,
  "/admin/accounts/SecondFactor.tsx#SecondFactor": SecondFactor_753de9d2c181e2889a62e0ae274b7142,
  "/admin/accounts/Invite.tsx#Invite": Invite_5dff2b148300eecb6cf145fc91ac0dd8,
  "/admin/desk/ExportAudit.tsx#ExportAudit": ExportAudit_c1ff607b6fa8aaffaa08dbb7d29f6d67,
  "/admin/desk/WorkerMissing.tsx#WorkerMissing": WorkerMissing_afb086789b3c33acd77a1d1cb8a2526a,
  "/admin/Logo.tsx#Icon": Icon_31632a3714af2a4550104a8aa2f6722e,
  "/admin/Logo.tsx#Logo": Logo_31632a3714af2a4550104a8aa2f6722e,
  "/admin/desk/Desk.tsx#Desk": Desk_17e514c0f145bf98c1110905c5e4e143,
  "/admin/desk/Unconfirmed.tsx#Unconfirmed": Unconfirmed_1c5e500b3827d7cce8a785ea7b2b644f,
  "/admin/NameWidgets.tsx#NameWidgets": NameWidgets_77331e0325177377814e12f40ce48aa8,
  "/admin/accounts/Login.tsx#Login": Login_a66447d9353ba284649c08184b9dd2cd,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
